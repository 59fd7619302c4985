// Decodes with rapidxml, in place in a copy of the body.
#include <memory>
#include <rapidxml/rapidxml.hpp>

#include "tree.hpp"

namespace {

using Node = rapidxml::xml_node<char>;

struct Tree {
	using Element = Node *;

	static Element first_of(Element e) {
		while (e && e->type() != rapidxml::node_element) e = e->next_sibling();
		return e;
	}
	static Element first(Element e) { return first_of(e->first_node()); }
	static Element next(Element e) { return first_of(e->next_sibling()); }
	static string_view name(Element e) { return {e->name(), e->name_size()}; }
	static string_view text(Element e) { return {e->value(), e->value_size()}; }

	template <class Visit> static void attributes(Element e, Visit visit) {
		for (auto *a = e->first_attribute(); a; a = a->next_attribute())
			visit(string_view(a->name(), a->name_size()), string_view(a->value(), a->value_size()));
	}
};

} // namespace

int main(int argc, char **argv) {
	return run(argc, argv, [](const std::string &body) {
		return [&body, copy = std::string(), doc = std::make_unique<rapidxml::xml_document<char>>(), walker = Walker<Tree>()]() mutable {
			copy.assign(body);
			doc->clear();
			doc->parse<rapidxml::parse_validate_closing_tags>(copy.data());
			return walker.walk(Tree::first(doc.get()));
		};
	});
}
