"""Answers mails as people's mail programs do: replies.py FOLDER PORT <LETTERS.json

FOLDER has a Maildir for each mailbox, where what is answered lies; each letter goes by SMTP to PORT.
The wording, the addresses and the offices are invented; how a quotation looks is each program's.
"""
import base64
import email
import email.policy
import html
import json
import os
import smtplib
import sys

DUTY = "duty@letters.example"


def received(folder):
    """Every mail there, by its Message-ID."""
    mails = {}
    for place, _, names in os.walk(folder):
        if os.path.basename(place) not in ("new", "cur"):
            continue
        for name in names:
            path = os.path.join(place, name)
            if os.path.getsize(path) > 1_000_000:
                continue
            with open(path, "rb") as file:
                mail = email.message_from_binary_file(file, policy=email.policy.default)
            if mail["Message-ID"]:
                mails[str(mail["Message-ID"]).strip()] = mail
    return mails


def encoded(text, charset):
    codec = "gb18030" if charset.lower().startswith("gb") else charset
    return text.encode(codec)


def word(text, charset):
    return "=?%s?B?%s?=" % (charset, base64.b64encode(encoded(text, charset)).decode())


def part(text, kind="plain", charset="utf-8"):
    body = base64.encodebytes(encoded(text, charset)).decode()
    return (f"Content-Type: text/{kind}; charset=\"{charset}\"\n"
            f"Content-Transfer-Encoding: base64\n\n{body}")


def several(kind, parts):
    lines = "".join(f"--=_b17\n{each}\n" for each in parts)
    return f"Content-Type: multipart/{kind}; boundary=\"=_b17\"\n\n{lines}--=_b17--\n"


def rows(text):
    return "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in text.split("\n"))


class Answer:
    """One letter, and what it answers."""

    def __init__(self, letter, mails):
        self.letter = letter
        self.words = letter["words"]
        self.sender = letter["from"]
        ours = mails.get(letter["answers"])
        self.ours = ours
        self.subject = str(ours["Subject"]) if ours else letter["number"]
        self.quote = ours.get_body(("plain",)).get_content() if ours else ""
        self.marked = "\n".join("> " + line for line in self.quote.split("\n"))

    def heads(self, colon=":", when="发送时间"):
        return (f"发件人{colon} 舆情值班室 <{DUTY}>\n{when}{colon} 2026年3月2日 8:56\n"
                f"收件人{colon} {self.sender}\n主题{colon} {self.subject}\n")

    # What each mail program makes of it.

    def plain(self):
        return part(self.words)

    def qq_phone(self):
        text = (f"{self.words}\n\n\n\n发自我的iPhone\n\n\n"
                f"------------------ 原始邮件 ------------------\n{self.heads()}\n{self.quote}")
        return several("alternative", [part(text), part(rows(self.words), "html")])

    def netease_phone(self):
        quoted = ("<div>---- 回复的原邮件 ----</div><table><tr><td>发件人</td><td>舆情值班室</td></tr>"
                  f"<tr><td>主题</td><td>{html.escape(self.subject)}</td></tr></table>"
                  f"<blockquote>{rows(self.quote)}</blockquote>")
        return part(
            f"<html><body>{rows(self.words)}<div><br></div>"
            "<div class=\"ntes-mailmaster-signature\"><span>发自网易邮箱大师</span></div>"
            f"<div class=\"ntes-mailmaster-quote\">{quoted}</div></body></html>", "html")

    def netease_web(self):
        return part(
            f"<div style=\"line-height:1.7\">{rows(self.words)}</div><br><br><br><pre><br>"
            f"在 2026-03-02 08:56:10，\"舆情值班室\" &lt;{DUTY}&gt; 写道：<br></pre>"
            f"<blockquote id=\"isReplyContent\">{rows(self.quote)}</blockquote>", "html", "GBK")

    def foxmail(self):
        text = f"{self.words}\n\n\n\n区住建局办公室\n \n{self.heads('：')}\n{self.quote}"
        return part(text, charset="GB2312")

    def outlook(self):
        text = f"{self.words}\n\n{'_' * 32}\n{self.heads()}\n{self.quote}"
        return several("alternative", [part(text, charset="gb2312"), part(rows(text), "html")])

    def outlook_phone(self):
        return part(
            f"{self.words}\n\n获取 Outlook for Android<https://aka.example/x>\n{'_' * 32}\n"
            f"From: 舆情值班室 <{DUTY}>\nSent: Monday, March 2, 2026 8:56:10 AM\n"
            f"To: {self.sender}\nSubject: {self.subject}\n\n{self.quote}")

    def apple(self):
        return part(f"{self.words}\n\n发自我的 iPad\n\n"
                    f"> 在 2026年3月2日，08:56，舆情值班室 <{DUTY}> 写道：\n> \n{self.marked}\n")

    def below(self):
        return part(f"在 2026/3/2 8:56, 舆情值班室 写道:\n{self.marked}\n\n{self.words}\n\n-- \n"
                    "区住建局 办公室\n")

    def coremail(self):
        text = f"{self.words}\n\n\n-----原始邮件-----\n{self.heads()}\n{self.quote}"
        return several("alternative", [part(text), part(rows(text), "html")])

    def huawei(self):
        return part(f"{self.words}\n\n来自我的华为手机\n\n\n-------- 原始邮件 --------\n"
                    f"{self.heads('：', '日期')}\n{self.quote}")

    def card(self):
        return part(f"{self.words}\n\n------------------\n区住建局燃气科\n值班电话 0800-0000001\n"
                    f"青川区建设路1号\n\n{self.marked}")

    def gb18030(self):
        return part(f"{self.words}\n\n\n{self.marked}", charset="GB18030")

    def gmail(self):
        return part(
            f"<div dir=\"ltr\">{rows(self.words)}</div><br><div class=\"gmail_quote\">"
            f"<div dir=\"ltr\" class=\"gmail_attr\">舆情值班室 &lt;{DUTY}&gt; "
            "于2026年3月2日周一 08:56写道：<br></div>"
            f"<blockquote class=\"gmail_quote\">{rows(self.quote)}</blockquote></div>", "html")

    def forward(self):
        return part(f"{self.words}\n\n---------- Forwarded message ---------\n{self.heads('：')}\n"
                    f"{self.quote}")

    def forward_file(self):
        whole = "Content-Type: message/rfc822\n\n" + self.ours.as_bytes().decode("ascii", "replace")
        return several("mixed", [part(self.words), whole])

    def endless(self):
        """A tree of parts whose inner boundary never ends."""
        return ("Content-Type: multipart/mixed; boundary=\"=_b17\"\n\n--=_b17\n"
                "Content-Type: multipart/alternative; boundary=\"=_b18\"\n\n--=_b18\n"
                f"{part(self.words)}\n--=_b18\nContent-Type: text/html\n"
                "Content-Transfer-Encoding: base64\n\n????")

    def receipt(self):
        report = ("Content-Type: message/disposition-notification\n\n"
                  "Reporting-UA: mail.unit.example\n"
                  f"Final-Recipient: rfc822;{self.sender}\n"
                  f"Original-Message-ID: {self.letter['answers']}\n"
                  "Disposition: manual-action/MDN-sent-manually; displayed\n")
        return several("report; report-type=disposition-notification",
                       [part("贵方邮件已于 2026-03-02 09:00 显示。"), report])

    def coremail_bounce(self):
        return part("抱歉，您的邮件未能送达，现退回给您。\n\n原邮件信息：\n"
                    f"主　题：{self.subject}\n收件人：{self.words}\n\n退信原因：\n"
                    f"收件人不存在 550 User not found: {self.words}\n\n----------------\n"
                    f"Received: from letters.example\nMessage-ID: {self.letter['answers']}\n"
                    f"From: {DUTY}\n", charset="GBK")

    def netease_bounce(self):
        return part("<table><tr><td>邮件被退回</td></tr>"
                    f"<tr><td>收件人：</td><td>{self.words}</td></tr><tr><td>退信原因：</td>"
                    "<td>对方邮箱已满，暂不接收来信（552 Quota exceeded）</td></tr></table>",
                    "html", "GBK")

    def qq_bounce(self):
        return part(f"您好，邮件无法送达 {self.words}。\n退信原因：该邮箱地址（{self.words}）不存在。\n"
                    "host mx.unit.example said: 550 Mailbox not found\n", charset="gb18030")

    def mail(self):
        letter = self.letter
        subject = letter["prefix"] + (letter["number"] if letter["isBare"] else self.subject)
        fields = [
            f"From: {letter['from']}", f"To: {DUTY}",
            f"Subject: {word(subject, letter['charset'])}",
            f"Message-ID: <{letter['id']}@reply.example>",
            "Date: Mon, 2 Mar 2026 09:03:11 +0800", "MIME-Version: 1.0",
        ]
        if letter["answers"] and not letter["isBare"]:
            fields.append(f"In-Reply-To: {letter['answers']}")
            fields.append(f"References: {letter['answers']}")
        fields += letter["fields"]
        body = getattr(self, letter["program"].replace("-", "_"))()
        return ("\n".join(fields) + "\n" + body).replace("\n", "\r\n").encode("ascii")


def main():
    folder, port = sys.argv[1], int(sys.argv[2])
    mails = received(folder)
    with smtplib.SMTP("127.0.0.1", port) as server:
        for letter in json.load(sys.stdin):
            sender = "" if letter["isBounce"] else letter["from"]
            server.sendmail(sender, [DUTY], Answer(letter, mails).mail())


main()
