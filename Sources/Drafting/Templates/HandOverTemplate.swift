extension Templates {
  /// What those who come on duty take over.
  static let handOver = """
    {{> opening}}
    {{#leads}}
    <div style="font-size:17px;font-weight:bold">{{.}}</div>
    {{/leads}}
    {{#heading}}
    <div style="text-align:center;margin:12px 0 4px">
    <div style="font-size:16px">{{office}}</div>
    <div style="font-size:22px;font-weight:bold;letter-spacing:2px">{{name}}</div>
    </div>
    {{/heading}}
    <div style="text-align:center;font-size:15px;font-weight:bold">{{shift}}</div>
    {{#duty}}
    <div style="text-align:center;font-size:14px">{{.}}</div>
    {{/duty}}
    {{#hasFigures}}
    <table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;table-layout:fixed;margin:10px 0 0"><tr>
    {{#figures}}
    <td style="border:1px solid #767676;padding:4px 2px;text-align:center;vertical-align:top"><div style="font-size:22px;font-weight:bold;line-height:1.2;color:{{tint}}">{{number}}</div><div style="font-size:14px;line-height:1.3;overflow-wrap:normal">{{label}}</div></td>
    {{/figures}}
    </tr></table>
    {{/hasFigures}}
    {{#sections}}
    <div style="font-size:16px;font-weight:bold;border-bottom:2px solid #767676;margin:12px 0 4px">{{heading}}</div>
    {{#mentions}}
    <div style="margin:0 0 6px;line-height:1.4;page-break-inside:avoid"><span style="font-weight:bold;color:{{tint}}">{{head}}</span> {{#link}}{{#href}}<a href="{{.}}" rel="noopener noreferrer">{{title}}</a>{{/href}}{{^href}}{{title}} <span style="font-size:14px;word-break:break-all">{{address}}</span>{{/href}}{{/link}}<div style="font-size:14px;line-height:1.3;color:#767676">{{state}}</div></div>
    {{/mentions}}
    {{#lines}}
    <div style="font-size:14px;margin:0 0 3px">{{.}}</div>
    {{/lines}}
    {{/sections}}
    <div style="font-size:14px;margin:12px 0 0">{{action}}</div>
    {{#foot}}
    <div style="font-size:14px;color:#767676;margin:10px 0 0">{{.}}</div>
    {{/foot}}
    {{> closing}}
    """
}
