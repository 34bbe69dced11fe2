"""Makes raw files of any size that look like a shop's: GA4 export and access log, a file a day."""

import datetime
import gzip
import json
import random
from concurrent.futures import ProcessPoolExecutor

FIRST_DAY = datetime.date(2026, 1, 1)
DAYS = 10
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
CITIES = [("Germany", "Berlin"), ("Germany", "Köln"), ("France", "Paris"), ("Spain", "Málaga")]
PRODUCTS = [(f"SKU{n:04}", f"Garden chair {n}", f"{5 + n % 90}.{n % 100:02}") for n in range(500)]
EVENTS = ["page_view", "user_engagement", "scroll", "view_item", "add_to_cart", "session_start", "purchase"]
SHARES = [40, 20, 15, 14, 6, 4, 1]
CAMPAIGNS = [None] * 6 + [("google", "cpc", "spring sale"), ("newsletter", "email", "week 3")]
AGENTS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36",
]
CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
ASSETS = [f"/assets/app.{n:x}.js" for n in range(40)] + [f"/img/{n}.webp" for n in range(300)]
REFERRERS = ["-", "-", "https://www.google.com/", "https://shop.example.com/"]


def make(folder, name, lines, records, seed):
    """Writes records, parted among the days, as gzip files; lines makes those of one day."""
    folder.mkdir(parents=True)
    with ProcessPoolExecutor() as pool:
        made = []
        for number in range(DAYS):
            count = records * (number + 1) // DAYS - records * number // DAYS
            day = FIRST_DAY + datetime.timedelta(days=number)
            file = folder / f"{name}_{day:%Y%m%d}.gz"
            made.append(pool.submit(write, file, lines, count, day, seed * DAYS + number))
        for file in made:
            file.result()


def write(file, lines, count, day, seed):
    """Writes one file."""
    with gzip.open(file, "wt", compresslevel=1, encoding="utf-8") as out:
        out.writelines(lines(count, day, random.Random(seed)))


def text(key, value):
    """A parameter of GA4 that is a text."""
    return {"key": key, "value": {"string_value": value}}


def number(key, value):
    """A parameter of GA4 that is a whole number, which BigQuery writes as text."""
    return {"key": key, "value": {"int_value": str(value)}}


def visitors(chance):
    """What stays the same over all events of a visitor, as the JSON that ends each of them."""
    found = []
    for _ in range(2000):
        country, city = chance.choice(CITIES)
        traffic = chance.choice(CAMPAIGNS)
        ends = {
            "user_first_touch_timestamp": str(chance.randrange(10**15, 17 * 10**14)),
            "privacy_info": {"analytics_storage": "Yes", "ads_storage": "Yes", "uses_transient_token": "No"},
            "device": {
                "category": chance.choice(["desktop", "mobile", "tablet"]),
                "operating_system": chance.choice(["Windows", "iOS", "Android", "Macintosh"]),
                "language": "de-de",
                "is_limited_ad_tracking": "No",
                "web_info": {"browser": "Chrome", "browser_version": "126.0", "hostname": "shop.example.com"},
            },
            "geo": {"city": city, "country": country, "continent": "Europe", "region": city},
            "traffic_source": {"name": "(direct)", "medium": "(none)", "source": "(direct)"},
            "stream_id": "1234567890",
            "platform": "WEB",
            "is_active_user": True,
        }
        if traffic is not None:
            source, medium, campaign = traffic
            ends["collected_traffic_source"] = {
                "manual_source": source, "manual_medium": medium, "manual_campaign_name": campaign
            }
        found.append(json.dumps(ends, ensure_ascii=False)[1:] + "\n")
    return found


def contents():
    """The parameters and items of each kind of event on each page, as JSON."""
    found = {}
    for event in EVENTS:
        for product, name, price in PRODUCTS:
            parameters = [
                text("page_location", f"https://shop.example.com/products/{product}?ref=list#top"),
                text("page_title", name),
                number("ga_session_number", int(product[3:]) % 9 + 1),
                number("engagement_time_msec", int(product[3:]) * 37),
                text("page_referrer", "https://shop.example.com/products"),
            ]
            body = {"event_params": parameters}
            if event in ("view_item", "add_to_cart", "purchase"):
                parameters.append(text("currency", "EUR"))
                item = {"item_id": product, "item_name": name, "item_category": "Garden", "price": price, "quantity": "1"}
                body["items"] = [item] * (2 if event == "purchase" else 1)
            if event == "purchase":
                body["ecommerce"] = {"purchase_revenue": price, "total_item_quantity": "2", "unique_items": "1"}
            # The session's id goes in front of the other parameters.
            found.setdefault(event, []).append(json.dumps(body)[len('{"event_params": [') : -1])
    return found


def ga4_lines(count, day, chance):
    """Events of one day in the order of their time."""
    ends, bodies = visitors(chance), contents()
    start = int(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.timezone.utc).timestamp())
    events = chance.choices(EVENTS, SHARES, k=count)
    for place, event in enumerate(events):
        visitor = int(chance.random() * (count // 8 + 1))
        micros = start * 1_000_000 + place * 86_400_000_000 // count
        user = f'"user_id": "u{visitor}", ' if visitor % 5 == 0 else ""
        order = f'"event_bundle_sequence_id": "{place}", '
        session = f'{{"key": "ga_session_id", "value": {{"int_value": "{start + visitor}"}}}}, '
        yield (
            f'{{"event_date": "{day:%Y%m%d}", "event_timestamp": "{micros}", "event_name": "{event}", {order}{user}'
            f'"user_pseudo_id": "{day.day}{visitor}.{start}", "event_params": [{session}'
            f"{bodies[event][place % 500]}, {ends[visitor % 2000]}"
        )


def log_lines(count, day, chance):
    """Lines of one day: four in ten are no pages, one in thirty a crawler's, one in 2,000 broken."""
    date = f"{day.day:02}/{MONTHS[day.month - 1]}/{day.year}"
    for place in range(count):
        second = place * 86_400 // count
        time = f"{date}:{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02} +0100"
        visitor = int(chance.random() * (count // 20 + 1))
        luck = chance.random()
        agent = CRAWLER if luck < 0.033 else AGENTS[visitor % len(AGENTS)]
        target = ASSETS[place % len(ASSETS)] if luck > 0.6 else f"/products/{PRODUCTS[place % 500][0]}?ref=list"
        if 0.1 < luck < 0.14:
            target += "&utm_source=newsletter&utm_medium=email&utm_campaign=week%203"
        status = 404 if 0.2 < luck < 0.22 else 200
        if 0.3 < luck < 0.3005:
            yield f"10.0.0.1 - - [{time}] \"\\x16\\x03\\x01\n"
        else:
            yield (
                f"{10 + visitor % 200}.{visitor // 200 % 250}.{visitor // 50_000 % 250}.7 - - [{time}] "
                f'"GET {target} HTTP/1.1" {status} {500 + place % 9000} "{REFERRERS[place % 4]}" "{agent}"\n'
            )
