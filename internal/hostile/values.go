package hostile

import (
	"io"
	"strconv"

	"github.com/go-multistatus/multistatus"
)

// property decodes markup that is the content of DAV:prop, and returns the first property in it.
func property(markup string) multistatus.Property {
	var d multistatus.Decoder
	d.ResetString(inProps(markup), &NoLimits)
	var r multistatus.Response
	check(d.Next(&r))
	return r.Propstats[0].Props[0]
}

// contents are properties that are asked for all that they hold.
var contents = []body{
	{"value of many bindings", 1e3, func(n int) string {
		return `<D:x` + each(n, ` xmlns:p#="u#"`) + `>` + each(n, `<p#:y p#:z=""/>`) + `</D:x>`
	}},
	{"value that mentions prefixes", 1e3, func(n int) string { return `<D:x` + each(n, ` xmlns:p#="u#"`) + `>` + each(n, `p#:`) + `</D:x>` }},
	{"value of colons", 24e3, func(n int) string { return `<D:x xmlns:p="u">` + rep(n, `p:`) + rep(n, `:`) + `</D:x>` }},
	{"value of one long name", 24e3, func(n int) string { return `<D:x xmlns:p="u"><y/>` + rep(n, `-`) + `:` + rep(n, `p`) + `:</D:x>` }},
	{"value that binds at each depth", 1e3, func(n int) string { return `<D:x>` + each(n, `<p:y xmlns:p="#">`) + rep(n, `</p:y>`) + `</D:x>` }},
	{"value of many children", 4e3, func(n int) string { return `<D:x>` + rep(n, `<D:y a="&lt;"/>`) + `</D:x>` }},
	{"value of many attributes", 4e3, func(n int) string { return `<D:x` + each(n, ` a#="&lt;"`) + `><y` + each(n, ` a#=""`) + `/></D:x>` }},
	{"value of text in pieces", 4e3, func(n int) string { return `<D:x>` + rep(n, `a&lt;<![CDATA[b]]><!---->`) + `</D:x>` }},
	{"value of line ends", 24e3, func(n int) string { return `<D:x>` + rep(n, "\r\n") + `</D:x>` }},
	{"values of usual depth", 40, func(n int) string {
		return `<D:x>` + rep(n, rep(200, `<D:y>`)+rep(200, `</D:y>`)) + `</D:x>`
	}},
}

// values ask the same of every value, and then what is special.
func values() (all []Shape) {
	for _, c := range contents {
		all = append(all, Shape{c.name, c.n, func(n int) Run {
			markup := c.make(n)
			p, o := property(markup), property(markup+"\n")
			return Run{len(markup), func() { ask(&p, o.Value) }}
		}})
	}
	return append(all, special...)
}

// ask calls what walks over a value. other means the same but is another text.
func ask(p *multistatus.Property, other multistatus.Value) {
	v := p.Value
	n := 0
	for name, c := range v.Elements() {
		n += len(name.Local) + len(c.Raw())
	}
	for a := range v.Attrs() {
		n += len(a.Value)
	}
	v.Attr(multistatus.DAV("absent"))
	v.Has(multistatus.DAV("absent"))
	v.Text()
	written := p.AppendXML(nil)
	if !v.Equal(other) || n > 2*len(written) {
		panic("a value is not what it was decoded from")
	}
}

var special = []Shape{
	{"attributes in another order", 4e3, func(n int) Run {
		var turned []byte
		for i := n - 1; i >= 0; i-- {
			turned = append(strconv.AppendInt(append(turned, " a"...), int64(i), 10), `=""`...)
		}
		p, o := property(`<D:x><y`+each(n, ` a#=""`)+`/></D:x>`), property(`<D:x><y`+string(turned)+`/></D:x>`)
		return Run{len(turned), func() {
			if !p.Value.Equal(o.Value) {
				panic("not equal")
			}
		}}
	}},
	{"values down to the usual depth", 1e3, func(n int) Run {
		children := rep(n, `<D:z/>`)
		p := property(`<D:x>` + rep(200, `<D:y>`) + children + rep(200, `</D:y>`) + `</D:x>`)
		return Run{len(children), func() { descend(p.Value, 200) }}
	}},
	{"value's own declarations", 2e3, func(n int) Run {
		p := property(`<D:x xmlns:p="u" xmlns:q="v">` + rep(n, `<p:y>q:z</p:y>`) + `</D:x>`)
		return Run{len(p.Value.Raw()), func() {
			if got := p.Value.AppendXML(nil); len(got) < len(p.Value.Raw()) {
				panic("too short")
			}
		}}
	}},
	{"elements of many namespaces", 1e3, func(n int) Run {
		names := names(n)
		return Run{40 * n, func() {
			if v := multistatus.Elements(names...); !v.Has(names[n-1]) {
				panic("not there")
			}
		}}
	}},
	{"content that is made", 8e3, func(n int) Run {
		text := rep(n, `<a/>&lt;`)
		return Run{len(text), func() {
			_, err := multistatus.XML(text)
			check(err)
		}}
	}},
	{"text that is made", 32e3, func(n int) Run {
		text := rep(n, "]]>\x00\xFF")
		return Run{len(text), func() { multistatus.Text(text).Text() }}
	}},
	{"element by itself", 3e3, func(n int) Run {
		text := []byte(`<x>` + each(n, `<p#:y a="&"/>`) + `</x>`)
		return Run{len(text), func() {
			_, err := multistatus.ParseElement(text, &NoLimits)
			check(err)
		}}
	}},
}

// descend goes down the first children.
func descend(v multistatus.Value, depth int) {
	for range depth {
		child := multistatus.Value{}
		for _, c := range v.Elements() {
			child = c
		}
		v = child
	}
}

// names returns n names, each in a namespace of its own.
func names(n int) (all []multistatus.Name) {
	for i := range n {
		all = append(all, multistatus.Name{Space: "urn:" + strconv.Itoa(i), Local: "x"})
	}
	return all
}

// writers are rows of calls.
var writers = []Shape{
	calls("properties of many namespaces", 1e3, func(e *multistatus.Encoder, names []multistatus.Name) {
		e.StartResponse("/a")
		e.Propstat(200)
		e.PropEmpty(names...)
	}),
	calls("children of many namespaces", 1e3, func(e *multistatus.Encoder, names []multistatus.Name) {
		e.StartResponse("/a")
		e.Propstat(200)
		e.PropElements(names[0], names...)
	}),
	calls("conditions", 1e3, func(e *multistatus.Encoder, names []multistatus.Name) {
		e.StartResponse("/a")
		e.Status(409)
		for _, n := range names {
			e.Condition(n, "/b")
		}
	}),
	calls("statuses by turns", 4e3, func(e *multistatus.Encoder, names []multistatus.Name) {
		e.StartResponse("/a")
		for i := range names {
			e.Propstat(100 + i%900)
			e.PropInt(names[0], int64(i))
		}
	}),
	calls("responses that are dropped", 1e3, func(e *multistatus.Encoder, names []multistatus.Name) {
		for range names {
			e.StartPath("/a")
			e.Propstat(200)
			e.PropEmpty(names[:10]...)
			e.DropResponse()
		}
	}),
	calls("responses that are flushed in their middle", 1e3, func(e *multistatus.Encoder, names []multistatus.Name) {
		for range names {
			e.StartPath("/a")
			check(e.Flush())
			e.Propstat(200)
			check(e.Flush())
			e.PropEmpty(names[0])
			check(e.EndResponse())
			check(e.Flush())
		}
	}),
	calls("a long response that is flushed at each property", 2e3, func(e *multistatus.Encoder, names []multistatus.Name) {
		e.StartPath("/a")
		e.Propstat(200)
		for range names {
			e.PropEmpty(names[0])
			check(e.Flush())
		}
	}),
	calls("texts to escape", 4e3, func(e *multistatus.Encoder, names []multistatus.Name) {
		e.StartResponse("/a")
		e.Propstat(200)
		e.PropText(names[0], rep(len(names), "<\r]]>\x00\xFF"))
		e.PropHref(names[0], multistatus.Href(" /"+rep(len(names), "\x01&\u2028")))
	}),
	{"what is decoded is written", 1e3, func(n int) Run {
		text := inProps(each(n, `<p#:x xmlns:p#="u#"><p#:y/>p#:z</p#:x>`))
		var d multistatus.Decoder
		var m multistatus.Multistatus
		d.ResetString(text, &NoLimits)
		check(d.Decode(&m))
		return Run{len(text), func() {
			e := multistatus.NewEncoder(io.Discard, nil)
			check(e.Encode(&m.Responses[0]))
			check(e.Close())
			_, err := m.AppendXML(nil, nil)
			check(err)
		}}
	}},
}

// callSize is about what one call writes.
const callSize = 64

// calls is a shape of calls that are given n names.
func calls(name string, n int, do func(e *multistatus.Encoder, names []multistatus.Name)) Shape {
	return Shape{name, n, func(n int) Run {
		names := names(n)
		return Run{n * callSize, func() {
			e := multistatus.NewEncoder(io.Discard, nil)
			do(e, names)
			check(e.Close())
		}}
	}}
}
