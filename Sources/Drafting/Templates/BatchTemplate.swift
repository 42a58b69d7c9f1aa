extension Templates {
  /// The front of general notices that leave together.
  static let batch = """
    {{> opening}}
    <div style="border-left:6px solid {{tint}};padding:2px 0 2px 10px;margin:0 0 10px">
    {{#leads}}
    <div{{#first()}} style="font-size:17px;font-weight:bold;color:{{tint}}"{{/first()}}>{{.}}</div>
    {{/leads}}
    </div>
    {{#heading}}
    <div style="text-align:center;margin:14px 0 8px">
    <div style="font-size:16px">{{office}}</div>
    <div style="font-size:22px;font-weight:bold;letter-spacing:2px">{{name}}</div>
    </div>
    {{/heading}}
    {{#mentions}}
    <div style="border-bottom:1px solid #767676;padding:6px 0;page-break-inside:avoid">
    <div style="font-weight:bold">{{head}}</div>
    <div>{{gist}}</div>
    <div style="font-size:14px">{{times}}</div>
    {{#link}}
    <div style="font-size:14px;word-break:break-all">{{#href}}<a href="{{.}}" rel="noopener noreferrer">{{host}}</a> {{/href}}{{address}}</div>
    {{/link}}
    </div>
    {{/mentions}}
    {{#foot}}
    <div style="font-size:14px;margin:6px 0 0">{{.}}</div>
    {{/foot}}
    {{> closing}}
    """
}
