"""Opens every page of a report in a headless browser and says what is wrong with it."""

import argparse
import csv
import io
import json
import pathlib
import re
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

THEMES = ("light", "dark")
WIDE = {"width": 1360, "height": 900}
MOST_BYTES = 5 << 20
SERIOUS = ("serious", "critical")


def figures(page):
    """The data of the page's figures, as its script sees them."""
    return json.loads(page.locator("#data").text_content())["figures"]


def digits(text):
    """The digits of a number as shown, whatever its numerals."""
    return "".join(str(int(each)) for each in text if each.isdigit())


def check_tables(page, faults):
    """Every number of a count in the data stands in the table, in its place."""
    for figure in figures(page):
        if figure["kind"] == "flows":
            check_flows(page, figure, faults)
            continue
        rows = page.locator(f"#{figure['id']} table tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
        )
        if len(rows) != len(figure["rows"]):
            faults.append(f"{figure['id']}: {len(rows)} rows shown of {len(figure['rows'])}")
            continue
        for shown, row in zip(rows, figure["rows"]):
            for text, value, field in zip(shown, row, figure["fields"]):
                if field["measure"] == "count" and value is not None and digits(text) != str(value):
                    faults.append(f"{figure['id']}: {text} shown for {value}")


def check_flows(page, figure, faults):
    """In = out + other + ended at every node, from its own rows and from those that lead to it."""
    at = {field["name"]: place for place, field in enumerate(figure["fields"])}
    arrived, came = {}, {}
    for row in figure["rows"]:
        way, anchor, step = row[at["way"]], row[at["anchor"]], row[at["step"]]
        node = (way, anchor, step, row[at["name"]])
        arrived[node] = arrived.get(node, 0) + row[at["journeys_count"]]
        target = (way, anchor, step + 1, row[at["next_name"]])
        came[target] = came.get(target, 0) + row[at["journeys_count"]]
    for node, count in arrived.items():
        if node[2] > 0 and came.get(node) != count:
            faults.append(f"flows: {came.get(node)} come to {node}, {count} are there")
    shown = page.locator(f"#{figure['id']} table tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )
    if not shown:
        faults.append("flows: no table")
    for row in shown:
        numbers = [int(digits(text) or 0) for text in row[2:]]
        if numbers[0] != sum(numbers[1:]):
            faults.append(f"flows: {row} does not add up")


def check_keys(page, faults):
    """Arrow keys move through each figure, and what they meet is told."""
    for figure in figures(page):
        chart = page.locator(f"#{figure['id']} .chart")
        if chart.count() == 0:
            continue
        chart.focus()
        told = []
        for key in ("ArrowRight", "ArrowRight", "End", "Home"):
            page.keyboard.press(key)
            told.append(page.locator(f"#{figure['id']} .told").text_content())
        if not all(told) or told[0] != told[3]:
            faults.append(f"{figure['id']}: keys told {told}")
        page.keyboard.press("Escape")
        if chart.locator("svg").count() != 1:
            faults.append(f"{figure['id']}: not drawn")


def check_file(page, faults):
    """The first figure's file has its rows, and no formula."""
    button = page.locator("button.csv").first
    if button.count() == 0:
        return
    with page.expect_download() as download:
        button.click()
    text = pathlib.Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    first = next(figure for figure in figures(page) if figure["rows"])
    if len(rows) != len(first["rows"]) + 1:
        faults.append(f"{download.value.suggested_filename}: {len(rows) - 1} rows")
    for row in rows:
        faults.extend(f"formula {cell}" for cell in row if re.match(r"[=+@\t\r]|-(?![0-9.])", cell))


def check_axe(page, axe, faults):
    for violation in axe.run(page).response["violations"]:
        if violation["impact"] in SERIOUS:
            nodes = [node["html"][:120] for node in violation["nodes"][:3]]
            faults.append(f"axe: {violation['id']} ({violation['impact']}) {nodes}")


def open_page(browser, axe, file, theme, shot):
    faults = []
    context = browser.new_context(color_scheme=theme, viewport=WIDE, reduced_motion="reduce")
    page = context.new_page()
    page.on("console", lambda line: faults.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:", "blob:")) else faults.append(request.url))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=20_000)
    if shot:
        page.screenshot(path=shot, full_page=True)
    check_tables(page, faults)
    check_keys(page, faults)
    check_file(page, faults)
    # Closed tables are not looked at otherwise.
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    check_axe(page, axe, faults)
    context.close()
    if file.stat().st_size > MOST_BYTES:
        faults.append(f"{file.stat().st_size} bytes")
    return faults


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("report", nargs="?", default="itinera-demo/report", type=pathlib.Path)
    options.add_argument("--chromium", required=True)
    options.add_argument("--shots", type=pathlib.Path, help="folder of pictures of the pages")
    options.add_argument("--only", default="", help="part of a page's path, such as ar/journeys")
    given = options.parse_args()
    files = sorted(file for file in given.report.resolve().glob("*/*.html") if given.only in str(file))
    if not files:
        sys.exit(f"check-report: no pages in {given.report}; itinera report makes them.")
    passed = failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        axe = Axe()
        for file in files:
            for theme in THEMES:
                name = f"{file.parent.name}-{file.stem}-{theme}"
                shot = None
                if given.shots:
                    given.shots.mkdir(parents=True, exist_ok=True)
                    shot = given.shots / f"{name}.png"
                faults = open_page(browser, axe, file, theme, shot)
                failed += bool(faults)
                passed += not faults
                for fault in faults:
                    print(f"{name}: {fault}")
        browser.close()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
