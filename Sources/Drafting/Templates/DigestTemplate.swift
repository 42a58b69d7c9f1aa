extension Templates {
  /// Daily, weekly and monthly digests.
  static let digest = """
    {{> digestOpening}}
    {{#leads}}
    <div{{#first()}} style="font-size:17px;font-weight:bold"{{/first()}}>{{.}}</div>
    {{/leads}}
    {{#heading}}
    <div style="text-align:center;margin:10px 0 4px">
    <div style="font-size:16px">{{office}}</div>
    <div style="font-size:22px;font-weight:bold;letter-spacing:2px">{{name}}</div>
    </div>
    {{/heading}}
    <div style="text-align:center;font-size:14px">{{day}}</div>
    <div style="text-align:center;font-size:14px">{{period}}</div>
    {{#remarks}}
    <div style="border:2px dashed #8a6d00;padding:4px 10px;margin:8px 0 0;font-weight:bold">{{.}}</div>
    {{/remarks}}
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;margin:8px 0 0;table-layout:fixed"><tr>
    {{#figures}}
    <td style="border:1px solid #767676;padding:4px 0;text-align:center;vertical-align:top"><div style="font-size:22px;font-weight:bold;line-height:1.2;color:{{tint}}">{{number}}</div><div style="font-size:14px;line-height:1.3;overflow-wrap:normal">{{label}}</div></td>
    {{/figures}}
    </tr></table>
    {{#sections}}
    <div style="font-size:16px;font-weight:bold;border-bottom:2px solid #767676;margin:8px 0 3px;page-break-after:avoid">{{heading}}</div>
    {{#mentions}}
    {{> line}}
    {{/mentions}}
    {{#tables}}
    <div class="half">
    <table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;line-height:1.3;margin:0 0 3px">
    <tr style="page-break-after:avoid"><td style="font-size:14px;font-weight:bold">{{name}}</td>{{#isCharted}}<td></td>{{/isCharted}}{{#columns}}<td align="right" style="font-size:14px;padding:0 0 0 6px;white-space:nowrap">{{.}}</td>{{/columns}}</tr>
    {{#rows}}
    <tr style="page-break-inside:avoid"><td width="30%" style="font-size:14px;padding:0 6px 0 0">{{label}}</td>{{#isCharted}}<td width="25%">{{> share}}</td>{{/isCharted}}{{#cells}}<td align="right" style="font-size:14px;padding:0 0 0 6px;white-space:nowrap{{#first()}};font-weight:bold{{/first()}}">{{.}}</td>{{/cells}}</tr>
    {{/rows}}
    </table>
    </div>
    {{/tables}}
    {{#lines}}
    <div style="font-size:14px">{{.}}</div>
    {{/lines}}
    {{/sections}}
    <div style="font-size:14px;color:#767676;margin:4px 0 0">{{foot}}</div>
    {{> closing}}
    """

  /// As `opening`; printed, a digest takes the page's whole width, its tables stand two and two, and
  /// its name is repeated on each page.
  static let digestOpening = """
    \(head)
    <style>@page{size:A4;margin:10mm 14mm}@media print{body{zoom:{{zoom}};padding:0!important}.page{max-width:none!important}.half{display:inline-block;width:47.5%;margin:0 .9%;vertical-align:top}.again{display:table-header-group!important}}</style>
    \(body)
    <table class="page" role="presentation" align="center" width="100%" cellpadding="0" cellspacing="0" style="max-width:640px;margin:0 auto;border-collapse:collapse"><thead class="again" style="display:none;mso-hide:all"><tr><td style="font-size:14px;color:#767676;padding:0 0 4px">{{#heading}}{{office}} {{name}}{{/heading}} {{day}}</td></tr></thead><tr><td style="padding:0">

    """

  /// One alert of a digest.
  static let line = """
    <div style="margin:0 0 4px;line-height:1.4"><span style="font-weight:bold;color:{{tint}}">{{head}}</span> {{#link}}{{#href}}<a href="{{.}}" rel="noopener noreferrer">{{title}}</a>{{/href}}{{^href}}{{title}} <span style="font-size:14px;word-break:break-all">{{address}}</span>{{/href}}{{/link}} <span style="font-size:14px;color:#767676">{{state}}</span></div>
    """

  /// A bar as two cells, as wide as its share and as what is left. No border and no background
  /// picture: Outlook draws cells alone, and `print-color-adjust` has a browser print them.
  static let share = """
    {{#bar}}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse"><tr><td width="{{share}}%" bgcolor="#8fa3b8" height="9" style="width:{{share}}%;height:9px;background-color:#8fa3b8;font-size:0;line-height:0;-webkit-print-color-adjust:exact;print-color-adjust:exact">&nbsp;</td>{{#rest}}<td width="{{.}}%" style="width:{{.}}%;font-size:0;line-height:0">&nbsp;</td>{{/rest}}</tr></table>{{/bar}}
    """
}
