/// What the templates are made of: layout only. Every word a person reads comes from the sheet.
enum Templates {
  /// The head of every document. All styles are inline, because mail programs drop style sheets;
  /// the one here only helps a browser to print on one page. Colours are borders and letters, so
  /// that dark mode may turn the page and a printer may leave backgrounds out.
  static let opening = """
    \(head)
    <style>@page{size:A4;margin:12mm 14mm}@media print{body{zoom:{{zoom}};padding:0!important}}</style>
    \(body)
    <table role="presentation" align="center" width="100%" cellpadding="0" cellspacing="0" style="max-width:640px;margin:0 auto;border-collapse:collapse"><tr><td style="padding:0">

    """

  /// What stands before a document's style, and what after it.
  static let head = """
    <!DOCTYPE html>
    <html lang="{{lang}}">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="format-detection" content="telephone=no">
    <title>{{subject}}</title>
    """

  static let body = """
    </head>
    <body style="margin:0;padding:10px;font-family:'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',SimHei,sans-serif;font-size:15px;line-height:1.45;word-wrap:break-word;overflow-wrap:anywhere;-webkit-text-size-adjust:100%">
    """

  static let closing = """
    </td></tr></table>
    </body>
    </html>

    """
}
