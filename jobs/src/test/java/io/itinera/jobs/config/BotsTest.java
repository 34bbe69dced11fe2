package io.itinera.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which user agents the shipped pattern takes for machines. */
class BotsTest {

  private static final Predicate<String> IS_BOT =
      Pattern.compile(
              Presets.shipped("conf/reference.conf")
                  .resolve()
                  .getString("itinera.bots.user-agents"))
          .asPredicate();

  @Test
  void machinesAreFound() {
    String machines =
        """
        Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)
        Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like \
        Gecko) Chrome/130.0.6723.69 Mobile Safari/537.36 (compatible; Google-InspectionTool/1.0;)
        Mediapartners-Google
        Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; \
        +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36
        Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)
        Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)
        Mozilla/5.0 (compatible; YandexImages/3.0; +http://yandex.com/bots)
        Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile \
        Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)
        Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)
        CCBot/2.0 (https://commoncrawl.org/faq/)
        ia_archiver (+http://www.alexa.com/site/help/webmasters; crawler@alexa.com)
        Screaming Frog SEO Spider/19.4
        Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; \
        +https://openai.com/bot
        Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; \
        +claudebot@anthropic.com)
        Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
        HeadlessChrome/124.0.0.0 Safari/537.36
        Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 \
        Safari/538.1
        Mozilla/5.0 (Linux; Android 11; moto g power (2022)) AppleWebKit/537.36 (KHTML, like \
        Gecko) Chrome/109.0.0.0 Mobile Safari/537.36 Chrome-Lighthouse
        Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/121.0.0.0 \
        Safari/537.36 PTST/240201.160310
        Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)
        Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)
        GoogleStackdriverMonitoring-UptimeChecks(https://cloud.google.com/monitoring)
        ELB-HealthChecker/2.0
        kube-probe/1.27
        facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)
        WhatsApp/2.23.20.0 A
        Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)
        Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5
        http.rb/5.1.1 (Mastodon/4.2.1; +https://mastodon.social/)
        Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)
        FreshRSS/1.23.1 (Linux; https://freshrss.org)
        curl/8.4.0
        Wget/1.21.3
        python-requests/2.31.0
        Python/3.11 aiohttp/3.9.1
        Scrapy/2.11.0 (+https://scrapy.org)
        Go-http-client/2.0
        Apache-HttpClient/4.5.14 (Java/17.0.9)
        Java/17.0.9
        axios/1.6.2
        node-fetch/1.0 (+https://github.com/bitinn/node-fetch)
        node
        GuzzleHttp/7
        PostmanRuntime/7.36.0
        W3C_Validator/1.3 http://validator.w3.org/services
        Mozilla/5.0 zgrab/0.x
        Mozilla/5.0
        """;

    assertThat(machines.lines()).allMatch(IS_BOT);
  }

  @Test
  void peopleAreLeftAlone() {
    String people =
        """
        Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
        Chrome/131.0.0.0 Safari/537.36
        Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
        Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0
        Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
        Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0
        Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0
        Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko
        Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1; Trident/4.0; .NET CLR 2.0.50727)
        Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) \
        Version/18.1 Safari/605.1.15
        Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) \
        Chrome/130.0.0.0 Safari/537.36
        Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0
        Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
        Chrome/128.0.0.0 YaBrowser/24.10.0.0 Safari/537.36
        Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like \
        Gecko) Version/18.1 Mobile/15E148 Safari/604.1
        Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like \
        Gecko) CriOS/130.0.6723.90 Mobile/15E148 Safari/604.1
        Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like \
        Gecko) GSA/341.3.692278309 Mobile/15E148 Safari/604.1
        Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
        Version/16.6 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15
        Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) \
        Chrome/131.0.0.0 Mobile Safari/537.36
        Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) \
        SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36
        Mozilla/5.0 (Linux; Android 9; CUBOT_NOTE_S) AppleWebKit/537.36 (KHTML, like Gecko) \
        Chrome/119.0.0.0 Mobile Safari/537.36
        Mozilla/5.0 (Linux; Android 11; Cubot KingKong 5 Pro) AppleWebKit/537.36 (KHTML, like \
        Gecko) Chrome/124.0.0.0 Mobile Safari/537.36
        Mozilla/5.0 (Linux; U; Android 12; en-US; RMX3085 Build/SP1A.210812.016) \
        AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 \
        UCBrowser/13.7.8.1319 Mobile Safari/537.36
        Opera/9.80 (Android; Opera Mini/36.2.2254/191.249; U; en) Presto/2.12.423 Version/12.16
        Mozilla/5.0 (Linux; Android 13; M2101K6G Build/TKQ1.221013.002) AppleWebKit/537.36 \
        (KHTML, like Gecko) Version/4.0 Chrome/130.0.6723.58 Mobile Safari/537.36 \
        [FB_IAB/FB4A;FBAV/489.0.0.66.81;]
        Mozilla/5.0 (iPhone; CPU iPhone OS 17_6_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, \
        like Gecko) Mobile/21G93 Instagram 354.1.0.29.90 (iPhone14,5; iOS 17_6_1; de_DE; de; \
        scale=3.00; 1170x2532; 649388838)
        Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like \
        Gecko) Mobile/15E148 [LinkedInApp]/9.30.1234
        Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like \
        Gecko) Mobile/15E148 [Pinterest/iOS]
        Mozilla/5.0 (Linux; Android 13; SM-A536B; wv) AppleWebKit/537.36 (KHTML, like Gecko) \
        Version/4.0 Chrome/129.0.0.0 Mobile Safari/537.36 trill_350704 BytedanceWebview/d8a21c6 \
        musical_ly_2023507040
        Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like \
        Gecko) Mobile/15E148 Snapchat/12.60.0.31 (like Safari/604.1)
        Mozilla/5.0 (Linux; Android 12; V2118A Build/SP1A.210812.003; wv) AppleWebKit/537.36 \
        (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MMWEBID/4285 \
        MicroMessenger/8.0.43 NetType/WIFI Language/zh_CN
        Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like \
        Gecko) Mobile/15E148 Safari Line/14.5.0
        Mozilla/5.0 (Linux; Android 14; SM-S911N; wv) AppleWebKit/537.36 (KHTML, like Gecko) \
        Version/4.0 Chrome/128.0.0.0 Mobile Safari/537.36 NAVER(inapp; search; 2000; 12.8.51)
        Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) \
        Slack/4.41.97 Chrome/130.0.6723.59 Electron/33.0.1 Safari/537.36
        Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) \
        Chrome/94.0.4606.128 Safari/537.36 WebAppManager
        Mozilla/5.0 (PlayStation; PlayStation 5/9.60) AppleWebKit/605.1.15 (KHTML, like Gecko) \
        Version/17.0 Safari/605.1.15
        Mozilla/5.0 (Linux; Android 9; KFMAWI) AppleWebKit/537.36 (KHTML, like Gecko) \
        Silk/130.3.7 like Chrome/130.0.6723.58 Safari/537.36
        Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)
        Amazon CloudFront
        okhttp/4.12.0
        Shop/5.2 CFNetwork/1568.200.51 Darwin/24.1.0
        Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/UQ1A.240205.004)
        """;

    assertThat(people.lines()).noneMatch(IS_BOT);
  }
}
