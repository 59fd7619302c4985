// Decodes with expat, which resolves the names: it gives them as namespace, separator and local name.
#include <deque>
#include <expat.h>

#include "peer.hpp"

namespace {

constexpr char separator = '\n';

// State is a Collector and the names of a response, which expat does not keep.
struct State {
	Collector collector;
	std::deque<std::string> names;
	size_t used = 0;
	int depth = 0;

	string_view keep(const char *name) {
		if (used == names.size()) names.emplace_back();
		return names[used++].assign(name);
	}
};

void XMLCALL start(void *user, const char *name, const char **) {
	State &s = *static_cast<State *>(user);
	if (++s.depth == 2) s.used = 0;
	const string_view kept = s.keep(name);
	const size_t at = kept.rfind(separator);
	if (at == kept.npos) s.collector.start({}, kept);
	else s.collector.start(kept.substr(0, at), kept.substr(at + 1));
}

void XMLCALL end(void *user, const char *) {
	State &s = *static_cast<State *>(user);
	s.depth--;
	s.collector.end();
}

void XMLCALL text(void *user, const char *data, int n) { static_cast<State *>(user)->collector.text(data, size_t(n)); }

} // namespace

int main(int argc, char **argv) {
	return run(argc, argv, [](const std::string &body) {
		return [&body, parser = XML_ParserCreateNS(nullptr, separator), state = State()]() mutable {
			state.collector = Collector();
			state.used = 0;
			XML_ParserReset(parser, nullptr);
			XML_SetUserData(parser, &state);
			XML_SetElementHandler(parser, start, end);
			XML_SetCharacterDataHandler(parser, text);
			if (XML_Parse(parser, body.data(), int(body.size()), 1) != XML_STATUS_OK) fail(XML_ErrorString(XML_GetErrorCode(parser)));
			return state.collector.found;
		};
	});
}
