//! Decodes with quick-xml's NsReader, which resolves the names.

use quick_xml::events::Event;
use quick_xml::name::ResolveResult;
use quick_xml::NsReader;
use quickxml_peers::{arguments, run, Vector};

const DAV: &[u8] = b"DAV:";
const VERSION: usize = "HTTP/1.1 ".len();

#[derive(Clone, Copy, PartialEq)]
enum Text {
    None,
    Href,
    Status,
    Value,
}

/// A property of the response that is being read; its name and value are in the room.
#[allow(dead_code)]
struct Property {
    name: usize,
    value: usize,
    end: usize,
    elements: bool,
}

/// Makes a Vector of events: see vector.go.
struct Collector {
    found: Vector,
    room: Vec<u8>,
    properties: Vec<Property>,
    into: Text,
    mark: usize,
    depth: usize,
    prop: bool,
    mixed: bool,
}

impl Collector {
    fn new() -> Self {
        Collector {
            found: Vector::default(),
            room: Vec::new(),
            properties: Vec::new(),
            into: Text::None,
            mark: 0,
            depth: 0,
            prop: false,
            mixed: false,
        }
    }

    fn start(&mut self, space: &[u8], local: &[u8]) {
        self.depth += 1;
        if self.prop {
            if self.depth > 5 {
                self.mixed = true;
            } else {
                self.property(space, local);
            }
            return;
        }
        if space != DAV {
            return;
        }
        match (self.depth, local) {
            (2, b"response") => self.found.responses += 1,
            (3, b"propstat") => self.found.propstats += 1,
            (3, b"href") => self.gather(Text::Href),
            (3 | 4, b"status") => self.gather(Text::Status),
            (4, b"prop") => self.prop = true,
            _ => {}
        }
    }

    fn property(&mut self, space: &[u8], local: &[u8]) {
        self.mixed = false;
        let name = self.room.len();
        self.room.extend_from_slice(space);
        self.room.extend_from_slice(local);
        let value = self.room.len();
        self.properties.push(Property { name, value, end: value, elements: false });
        self.found.properties += 1;
        self.found.names += value - name;
        self.gather(Text::Value);
    }

    fn gather(&mut self, into: Text) {
        self.into = into;
        self.mark = self.room.len();
    }

    fn wants(&self) -> bool {
        self.into != Text::None && !self.mixed
    }

    fn end(&mut self) {
        self.depth -= 1;
        if self.prop && self.depth >= 5 {
            return;
        }
        if self.into != Text::None {
            self.finish();
        } else if self.depth == 3 {
            self.prop = false;
        } else if self.depth == 1 {
            self.room.clear();
            self.properties.clear();
        }
    }

    fn finish(&mut self) {
        let n = self.room.len() - self.mark;
        match self.into {
            Text::Href => self.found.hrefs += n,
            Text::Status => self.found.statuses += n - VERSION,
            _ => {
                let p = self.properties.last_mut().unwrap();
                p.end = self.room.len();
                p.elements = self.mixed;
                if self.mixed {
                    self.found.elements += 1;
                } else {
                    self.found.values += n;
                }
                self.mixed = false;
            }
        }
        self.into = Text::None;
    }
}

fn space<'a>(r: &ResolveResult<'a>) -> &'a [u8] {
    match r {
        ResolveResult::Bound(ns) => ns.0,
        _ => b"",
    }
}

fn pass(body: &str, c: &mut Collector) {
    c.found = Vector::default();
    let mut reader = NsReader::from_str(body);
    loop {
        match reader.read_resolved_event().expect("well-formed") {
            (ns, Event::Start(e)) => c.start(space(&ns), e.local_name().as_ref()),
            (ns, Event::Empty(e)) => {
                c.start(space(&ns), e.local_name().as_ref());
                c.end();
            }
            (_, Event::End(_)) => c.end(),
            (_, Event::Text(t)) if c.wants() => c.room.extend_from_slice(t.unescape().expect("references").as_bytes()),
            (_, Event::CData(t)) if c.wants() => c.room.extend_from_slice(&t),
            (_, Event::Eof) => return,
            _ => {}
        }
    }
}

fn main() {
    let args = arguments();
    let mut c = Collector::new();
    run(args.at_least, || {
        pass(&args.body, &mut c);
        c.found
    });
}
