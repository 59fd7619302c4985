// Decodes with pugixml, in place in a copy of the body.
#include <pugixml.hpp>

#include "tree.hpp"

namespace {

struct Tree {
	using Element = pugi::xml_node;

	static Element first_of(Element e) {
		while (e && e.type() != pugi::node_element) e = e.next_sibling();
		return e;
	}
	static Element first(Element e) { return first_of(e.first_child()); }
	static Element next(Element e) { return first_of(e.next_sibling()); }
	static string_view name(Element e) { return e.name(); }
	static string_view text(Element e) { return e.child_value(); }

	template <class Visit> static void attributes(Element e, Visit visit) {
		for (pugi::xml_attribute a = e.first_attribute(); a; a = a.next_attribute()) visit(a.name(), a.value());
	}
};

} // namespace

int main(int argc, char **argv) {
	return run(argc, argv, [](const std::string &body) {
		return [&body, copy = std::string(), walker = Walker<Tree>()]() mutable {
			copy.assign(body);
			pugi::xml_document doc;
			if (!doc.load_buffer_inplace(copy.data(), copy.size(), pugi::parse_default, pugi::encoding_utf8)) fail("not well-formed");
			return walker.walk(doc.document_element());
		};
	});
}
