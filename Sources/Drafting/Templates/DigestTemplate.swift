extension Templates {
  /// Daily, weekly and monthly digests.
  static let digest = """
    {{> opening}}
    {{#leads}}
    <div{{#first()}} style="font-size:17px;font-weight:bold"{{/first()}}>{{.}}</div>
    {{/leads}}
    {{#heading}}
    <div style="text-align:center;margin:12px 0 4px">
    <div style="font-size:16px">{{office}}</div>
    <div style="font-size:22px;font-weight:bold;letter-spacing:2px">{{name}}</div>
    </div>
    {{/heading}}
    <div style="text-align:center;font-size:14px">{{day}}</div>
    <div style="text-align:center;font-size:14px">{{period}}</div>
    {{#trial}}
    <div style="border:2px dashed #8a6d00;padding:4px 10px;margin:8px 0 0;font-weight:bold">{{.}}</div>
    {{/trial}}
    <table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;margin:8px 0 0"><tr>
    {{#figures}}
    <td style="border:1px solid #767676;padding:4px 2px;text-align:center;vertical-align:top"><div style="font-size:22px;font-weight:bold;line-height:1.2;color:{{tint}}">{{number}}</div><div style="font-size:14px;line-height:1.3;overflow-wrap:normal">{{label}}</div></td>
    {{/figures}}
    </tr></table>
    {{#sections}}
    <div style="font-size:16px;font-weight:bold;border-bottom:2px solid #767676;margin:9px 0 3px">{{heading}}</div>
    {{#mentions}}
    {{> line}}
    {{/mentions}}
    {{#table}}
    <table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;line-height:1.3">
    <tr><td></td><td></td>{{#columns}}<td align="right" style="font-size:14px;padding:0 0 0 6px;white-space:nowrap">{{.}}</td>{{/columns}}</tr>
    {{#groups}}
    <tr><td colspan="5" style="font-size:14px;font-weight:bold;padding:2px 0 0">{{name}}</td></tr>
    {{#rows}}
    <tr><td width="30%" style="font-size:14px;padding:0 6px 0 0">{{label}}</td><td width="25%">{{> share}}</td>{{#numbers}}<td align="right" style="font-size:14px;padding:0 0 0 6px;{{#first()}}font-weight:bold{{/first()}}">{{.}}</td>{{/numbers}}</tr>
    {{/rows}}
    {{/groups}}
    </table>
    {{/table}}
    {{#lines}}
    <div style="font-size:14px">{{.}}</div>
    {{/lines}}
    {{/sections}}
    {{> closing}}
    """

  /// One alert of a digest.
  static let line = """
    <div style="margin:0 0 4px;line-height:1.4"><span style="font-weight:bold;color:{{tint}}">{{head}}</span> {{#link}}{{#href}}<a href="{{.}}" rel="noopener noreferrer">{{title}}</a>{{/href}}{{^href}}{{title}} <span style="font-size:14px;word-break:break-all">{{address}}</span>{{/href}}{{/link}} <span style="font-size:14px;color:#767676">{{state}}</span></div>
    """

  /// A bar as wide as its share, drawn as a border: printers leave backgrounds out.
  static let share = """
    {{#share}}<div style="width:{{.}}%;border-top:9px solid #8fa3b8;font-size:0;line-height:0"></div>{{/share}}
    """
}
