// What the peers in C and C++ share: reading the body, measuring, and gathering what is in a response.
//
// A peer is called with a file that has the body, the least CPU time of a sample in milliseconds, and a file that encoders
// would write. It prints a line that the program beside this folder reads: see sample.go and vector.go there.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

using std::string_view;

constexpr string_view DAV = "DAV:";
constexpr size_t version_length = sizeof "HTTP/1.1 " - 1;

// Vector is what was found: see vector.go.
struct Vector {
	size_t responses = 0, propstats = 0, properties = 0, elements = 0, names = 0, values = 0, hrefs = 0, statuses = 0;
};

[[noreturn]] inline void fail(const char *what) {
	std::fprintf(stderr, "%s\n", what);
	std::exit(1);
}

inline long long cpu_nanoseconds() {
	timespec t;
	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) != 0) fail("no clock");
	return t.tv_sec * 1'000'000'000LL + t.tv_nsec;
}

struct Sample {
	long passes = 0;
	long long cpu = 0;
	Vector found;
};

// measure looks at the clock so seldom that this takes no time, even where a pass takes but a microsecond.
template <class Pass> Sample measure(Pass &pass, long long at_least) {
	Sample s;
	const long long begin = cpu_nanoseconds();
	long batch = 1;
	do {
		for (long i = 0; i < batch; i++) s.found = pass();
		s.passes += batch;
		s.cpu = cpu_nanoseconds() - begin;
		if (s.cpu < at_least / 16) batch *= 2;
	} while (s.cpu < at_least);
	return s;
}

// run is main. make makes a pass of the body, and a pass goes through the body and returns a Vector.
template <class Make> int run(int argc, char **argv, Make make) {
	if (argc < 3) fail("usage: peer FILE MILLISECONDS");
	std::ifstream file(argv[1], std::ios::binary);
	const std::string body{std::istreambuf_iterator<char>(file), {}};
	if (body.empty()) fail("nothing to read");
	const long long at_least = std::atoll(argv[2]) * 1'000'000LL;
	auto pass = make(body);
	measure(pass, at_least / 4);
	const Sample s = measure(pass, at_least);
	const Vector &v = s.found;
	std::printf("passes=%ld cpu=%lld allocs=-1 responses=%zu propstats=%zu properties=%zu elements=%zu names=%zu values=%zu hrefs=%zu statuses=%zu\n",
		s.passes, s.cpu, v.responses, v.propstats, v.properties, v.elements, v.names, v.values, v.hrefs, v.statuses);
	return 0;
}

// Response is what a program would keep of a response until that ends. Texts are in room.
struct Response {
	struct Property {
		string_view space, local;
		size_t from, to;
		bool elements;
	};

	std::string room;
	std::vector<Property> properties;

	void clear() {
		room.clear();
		properties.clear();
	}
};

// Collector makes a Vector of the events of a parser: see vector.go.
class Collector {
public:
	Vector found;

	// start takes a start tag. The names have to stay where they are until the response ends.
	void start(string_view space, string_view local) {
		depth++;
		if (prop) {
			if (depth > 5) mixed = true;
			else property(space, local);
			return;
		}
		if (space != DAV) return;
		switch (depth) {
		case 2:
			found.responses += local == "response";
			break;
		case 3:
			if (local == "propstat") found.propstats++;
			else if (local == "href") gather(Text::href);
			else if (local == "status") gather(Text::status);
			break;
		case 4:
			if (local == "prop") prop = true;
			else if (local == "status") gather(Text::status);
		}
	}

	void text(const char *s, size_t n) {
		if (into != Text::none && !mixed) response.room.append(s, n);
	}

	void end() {
		depth--;
		if (prop && depth >= 5) return;
		if (into != Text::none) finish();
		else if (depth == 3) prop = false;
		else if (depth == 1) response.clear();
	}

private:
	enum class Text { none, href, status, value };

	void property(string_view space, string_view local) {
		mixed = false;
		response.properties.push_back({space, local, response.room.size(), 0, false});
		found.properties++;
		found.names += space.size() + local.size();
		gather(Text::value);
	}

	void gather(Text t) {
		into = t;
		mark = response.room.size();
	}

	void finish() {
		const size_t n = response.room.size() - mark;
		switch (into) {
		case Text::href:
			found.hrefs += n;
			break;
		case Text::status:
			found.statuses += n - version_length;
			break;
		default:
			response.properties.back().to = response.room.size();
			response.properties.back().elements = mixed;
			if (mixed) found.elements++;
			else found.values += n;
			mixed = false;
		}
		into = Text::none;
	}

	Response response;
	Text into = Text::none;
	size_t mark = 0;
	int depth = 0;
	bool prop = false, mixed = false;
};
