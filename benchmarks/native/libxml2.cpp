// Decodes with the SAX2 interface of libxml2, which resolves the names and keeps each once.
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "peer.hpp"

namespace {

string_view view(const xmlChar *s) { return s ? string_view(reinterpret_cast<const char *>(s)) : string_view(); }

void start(void *user, const xmlChar *local, const xmlChar *, const xmlChar *uri, int, const xmlChar **, int, int, const xmlChar **) {
	static_cast<Collector *>(user)->start(view(uri), view(local));
}

void end(void *user, const xmlChar *, const xmlChar *, const xmlChar *) { static_cast<Collector *>(user)->end(); }

void text(void *user, const xmlChar *s, int n) { static_cast<Collector *>(user)->text(reinterpret_cast<const char *>(s), size_t(n)); }

} // namespace

int main(int argc, char **argv) {
	xmlInitParser();
	static xmlSAXHandler handler;
	handler.initialized = XML_SAX2_MAGIC;
	handler.startElementNs = start;
	handler.endElementNs = end;
	handler.characters = text;
	handler.ignorableWhitespace = text;
	handler.cdataBlock = text;
	return run(argc, argv, [](const std::string &body) {
		return [&body] {
			Collector collector;
			xmlParserCtxtPtr ctxt = xmlCreateMemoryParserCtxt(body.data(), int(body.size()));
			if (!ctxt) fail("no memory");
			*ctxt->sax = handler;
			ctxt->userData = &collector;
			xmlCtxtUseOptions(ctxt, XML_PARSE_NONET | XML_PARSE_HUGE);
			if (xmlParseDocument(ctxt) != 0 || !ctxt->wellFormed) fail("not well-formed");
			xmlFreeParserCtxt(ctxt);
			return collector.found;
		};
	});
}
