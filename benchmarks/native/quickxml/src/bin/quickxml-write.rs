//! Encodes with quick-xml's Writer: elements with their prefixes, attributes and texts, which it escapes.

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};
use quickxml_peers::{arguments, run, Vector};

/// An element, as a program has it that is to write it. White space around elements is left out.
#[derive(Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

fn element(e: &BytesStart) -> Element {
    let string = |b: &[u8]| String::from_utf8(b.to_vec()).expect("UTF-8");
    Element {
        name: string(e.name().as_ref()),
        attributes: e
            .attributes()
            .map(|a| a.expect("an attribute"))
            .map(|a| (string(a.key.as_ref()), a.unescape_value().expect("references").into_owned()))
            .collect(),
        ..Element::default()
    }
}

/// Reads the content of parent up to its end tag.
fn read(reader: &mut Reader<&[u8]>, parent: &mut Element) {
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(e) => {
                let mut child = element(&e);
                read(reader, &mut child);
                parent.children.push(child);
            }
            Event::Empty(e) => parent.children.push(element(&e)),
            Event::Text(t) => parent.text.push_str(&t.unescape().expect("references")),
            Event::End(_) | Event::Eof => break,
            _ => {}
        }
    }
    if !parent.children.is_empty() {
        parent.text.clear();
    }
}

fn write(w: &mut Writer<&mut Vec<u8>>, e: &Element) -> quick_xml::Result<()> {
    let mut start = BytesStart::new(&e.name);
    for (name, value) in &e.attributes {
        start.push_attribute((name.as_str(), value.as_str()));
    }
    if e.children.is_empty() && e.text.is_empty() {
        return w.write_event(Event::Empty(start));
    }
    w.write_event(Event::Start(start))?;
    if !e.text.is_empty() {
        w.write_event(Event::Text(BytesText::new(&e.text)))?;
    }
    for child in &e.children {
        write(w, child)?;
    }
    w.write_event(Event::End(BytesEnd::new(&e.name)))
}

fn main() {
    let args = arguments();
    let mut document = Element::default();
    read(&mut Reader::from_str(&args.body), &mut document);
    let root = &document.children[0];
    let mut out = Vec::new();
    run(args.at_least, || {
        out.clear();
        let mut w = Writer::new(&mut out);
        w.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None))).expect("written");
        write(&mut w, root).expect("written");
        Vector::default()
    });
    if let Some(file) = args.out {
        std::fs::write(file, &out).expect("written");
    }
}
