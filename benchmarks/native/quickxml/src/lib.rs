//! What both peers share: reading the body, measuring, and printing what was found, as peer.hpp does for C++.

use std::os::raw::{c_int, c_long};

/// What was found: see vector.go.
#[derive(Clone, Copy, Default)]
pub struct Vector {
    pub responses: usize,
    pub propstats: usize,
    pub properties: usize,
    pub elements: usize,
    pub names: usize,
    pub values: usize,
    pub hrefs: usize,
    pub statuses: usize,
}

#[repr(C)]
struct Timespec {
    seconds: c_long,
    nanoseconds: c_long,
}

extern "C" {
    fn clock_gettime(clock: c_int, time: *mut Timespec) -> c_int;
}

const CLOCK_PROCESS_CPUTIME_ID: c_int = if cfg!(target_os = "macos") { 12 } else { 2 };

fn cpu_nanoseconds() -> i64 {
    let mut t = Timespec { seconds: 0, nanoseconds: 0 };
    assert_eq!(unsafe { clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &mut t) }, 0);
    t.seconds as i64 * 1_000_000_000 + t.nanoseconds as i64
}

/// Arguments are those of every peer.
pub struct Arguments {
    pub body: String,
    pub at_least: i64,
    pub out: Option<String>,
}

pub fn arguments() -> Arguments {
    let mut args = std::env::args().skip(1);
    let file = args.next().expect("a file");
    let ms: i64 = args.next().and_then(|s| s.parse().ok()).expect("milliseconds");
    Arguments {
        body: std::fs::read_to_string(file).expect("a body"),
        at_least: ms * 1_000_000,
        out: args.next(),
    }
}

/// Goes through the body again and again, and prints what that took and what was found.
pub fn run(at_least: i64, mut pass: impl FnMut() -> Vector) {
    measure(at_least / 4, &mut pass);
    let (passes, cpu, v) = measure(at_least, &mut pass);
    println!(
        "passes={} cpu={} allocs=-1 responses={} propstats={} properties={} elements={} names={} values={} hrefs={} statuses={}",
        passes, cpu, v.responses, v.propstats, v.properties, v.elements, v.names, v.values, v.hrefs, v.statuses
    );
}

/// Looks at the clock so seldom that this takes no time, even where a pass takes but a microsecond.
fn measure(at_least: i64, pass: &mut impl FnMut() -> Vector) -> (usize, i64, Vector) {
    let begin = cpu_nanoseconds();
    let (mut passes, mut batch) = (0, 1);
    let mut found = Vector::default();
    loop {
        for _ in 0..batch {
            found = pass();
        }
        passes += batch;
        let cpu = cpu_nanoseconds() - begin;
        if cpu >= at_least {
            return (passes, cpu, found);
        }
        if cpu < at_least / 16 {
            batch *= 2;
        }
    }
}
