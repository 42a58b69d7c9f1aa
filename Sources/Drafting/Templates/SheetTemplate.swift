extension Templates {
  /// Contact sheets, bulletins and letters.
  static let sheet = """
    {{> opening}}
    <div style="border-left:6px solid {{tint}};padding:2px 0 2px 10px;margin:0 0 10px">
    {{#leads}}
    {{#first()}}
    <div style="font-size:17px;font-weight:bold;color:{{tint}}">{{.}}</div>
    {{/first()}}
    {{^first()}}
    <div>{{.}}</div>
    {{/first()}}
    {{/leads}}
    </div>
    {{#box}}
    <div style="border:2px dashed #8a6d00;padding:6px 10px;margin:0 0 10px">
    <div style="font-weight:bold">{{heading}}</div>
    {{#lines}}
    <div>{{.}}</div>
    {{/lines}}
    </div>
    {{/box}}
    {{#notes}}
    <div style="margin:0 0 6px">※ {{.}}</div>
    {{/notes}}
    {{#heading}}
    <div style="text-align:center;margin:14px 0 8px">
    <div style="font-size:16px">{{office}}</div>
    <div style="font-size:22px;font-weight:bold;letter-spacing:2px">{{name}}</div>
    </div>
    {{/heading}}
    {{#form}}
    <table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;border:2px solid #767676;table-layout:fixed">
    <colgroup><col style="width:20%"><col style="width:30%"><col style="width:20%"><col style="width:30%"></colgroup>
    {{#rows}}
    <tr>{{#cells}}{{> cell}}{{/cells}}</tr>
    {{/rows}}
    </table>
    {{/form}}
    {{#paragraphs}}
    <p style="margin:8px 0">{{.}}</p>
    {{/paragraphs}}
    {{#verbatim}}
    <div style="font-family:Consolas,Menlo,'Noto Sans Mono CJK SC',monospace;font-size:14px;border-left:3px solid #767676;padding:0 0 0 8px;margin:0 0 4px">{{.}}</div>
    {{/verbatim}}
    {{#foot}}
    <div style="font-size:14px;margin:6px 0 0">{{.}}</div>
    {{/foot}}
    {{> closing}}
    """

  /// A label and its box.
  static let cell = """
    <td style="border:1px solid #767676;padding:4px 2px;text-align:center;vertical-align:middle;font-size:14px">{{label}}</td><td colspan="{{span}}"{{#blank}} height="{{.}}"{{/blank}} style="border:1px solid #767676;padding:4px 6px;vertical-align:middle">{{#lines}}<div{{#isGrade}} style="font-weight:bold;color:{{tint}}"{{/isGrade}}>{{.}}</div>{{/lines}}{{#aside}}<div style="font-size:14px">{{.}}</div>{{/aside}}{{#link}}{{#href}}<div><a href="{{.}}" rel="noopener noreferrer" style="font-weight:bold">{{host}}</a></div>{{/href}}<div style="font-size:14px;word-break:break-all">{{address}}</div>{{/link}}</td>
    """
}
