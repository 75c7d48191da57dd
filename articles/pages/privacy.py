"""What does this site keep of its visitors? The notice of brand.yml, else one that says what this code does."""

from __future__ import annotations

from markupsafe import Markup

from articles.pages.library import Library
from articles.pages.pieces import human_row
from articles.pages.text import h

PRIVACY = "privacy/"
_UP = "../"
# True of this code as it comes; who changes what is stored changes this text (the days: records/, KB_KEEP_EVENTS_DAYS).
_USUAL = """\
看回答、搜索、打电话都不用登录，也不用留姓名。

## 我们记什么

- **您问的话**：先把姓名、电话、证件号、卡号、保单号和地址遮住，再存下来，用来补上缺的回答。遮盖由程序完成，难免有漏，请不要在问题里写这些。
- **看了哪一篇、点了哪一条**：只记文章和时间，用来知道哪些回答有人要。
- **“解决了”“没解决”和您写的原因**：文字同样先遮住再存。为了一人一票、以后还能改，浏览器里会存一个随机编号，\
只用在投票上，不和别的记录连在一起。

## 我们不记什么

- 不记您的 IP 地址，不做广告，不用别的网站的统计代码。
- 认人用的记号每天换一次，隔天就对不上是不是同一个人。

## 存多久

- 提问、点击的记录和投票里的文字，存 180 天，到期自动删除。

## 只在您手机或电脑里的

- 最近问过的问题、勾过的材料、字号和深浅色，只存在这台设备的浏览器里，不会传给我们。
- 找人工时照着说的那段话，只存在这个标签页里，关掉就没了。
- 看过的网页会存一份，没有网络时也能看。

## 怎么删

- **最近的问题**：点一下搜索框，再点“清除”。
- **其余的**：在浏览器设置里清除本站的数据，随机编号和存下的网页会一起删掉。
- **存在我们这里的**：记录里没有姓名和号码，我们认不出哪一条是您的，到期会自动删除。\
不小心在问题里写了个人信息，想马上删，{contact}，说清大概的时间和内容。
"""


def privacy_body(library: Library) -> Markup:
    """The notice, as an article is set."""
    contact = "请拨 {{hotline}}" if library.hotline else "请拨保单上印的客服电话"
    text = library.config.brand.privacy or _USUAL.replace("{contact}", contact)
    return h(
        '<div id="main" class="wrap" tabindex="-1"><header class="cat-head"><h1>隐私说明</h1><p>{}</p></header>'
        '<div class="answer-body notice">{}</div>{}</div>',
        "这个网站记什么、不记什么、存多久、怎么删。",
        library.markdown(library.config.fill(text), _UP),
        human_row(library),
    )
