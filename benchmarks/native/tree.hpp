// Goes through a tree of a parser that knows no namespaces, and resolves the names that matter.
#pragma once

#include "peer.hpp"

// Tree has, for elements of type Tree::Element that are false where there is none: first and next to go through elements,
// name, text, and declarations, which calls back with each attribute.
template <class Tree> class Walker {
public:
	using Element = typename Tree::Element;

	Vector walk(Element root) {
		found = Vector();
		scope.clear();
		enter(root);
		for (Element e = Tree::first(root); e; e = Tree::next(e)) {
			const size_t outer = enter(e);
			if (is(e, "response")) {
				found.responses++;
				group(e);
				response.clear();
			}
			scope.resize(outer);
		}
		return found;
	}

private:
	struct Binding {
		string_view prefix, uri;
	};

	// enter takes the declarations of e, and returns how many there were before.
	size_t enter(Element e) {
		const size_t outer = scope.size();
		Tree::attributes(e, [this](string_view name, string_view value) {
			if (name == "xmlns") scope.push_back({{}, value});
			else if (name.substr(0, 6) == "xmlns:") scope.push_back({name.substr(6), value});
		});
		return outer;
	}

	string_view resolve(string_view prefix) const {
		for (size_t i = scope.size(); i > 0; i--)
			if (scope[i - 1].prefix == prefix) return scope[i - 1].uri;
		return {};
	}

	struct Name {
		string_view space, local;
	};

	Name expand(string_view name) const {
		const size_t colon = name.find(':');
		if (colon == name.npos) return {resolve({}), name};
		return {resolve(name.substr(0, colon)), name.substr(colon + 1)};
	}

	bool is(Element e, string_view local) const {
		const Name n = expand(Tree::name(e));
		return n.local == local && n.space == DAV;
	}

	// group takes the children of a response or of a propstat.
	void group(Element parent) {
		for (Element e = Tree::first(parent); e; e = Tree::next(e)) {
			const size_t outer = enter(e);
			const Name n = expand(Tree::name(e));
			if (n.space != DAV) {
			} else if (n.local == "href") {
				found.hrefs += keep(Tree::text(e));
			} else if (n.local == "status") {
				found.statuses += keep(Tree::text(e)) - version_length;
			} else if (n.local == "propstat") {
				found.propstats++;
				group(e);
			} else if (n.local == "prop") {
				for (Element p = Tree::first(e); p; p = Tree::next(p)) property(p);
			}
			scope.resize(outer);
		}
	}

	void property(Element p) {
		const size_t outer = enter(p);
		const Name n = expand(Tree::name(p));
		const bool elements = bool(Tree::first(p));
		const size_t from = response.room.size();
		found.properties++;
		found.names += n.space.size() + n.local.size();
		if (elements) found.elements++;
		else found.values += keep(Tree::text(p));
		response.properties.push_back({n.space, n.local, from, response.room.size(), elements});
		scope.resize(outer);
	}

	size_t keep(string_view text) {
		response.room.append(text);
		return text.size();
	}

	Vector found;
	std::vector<Binding> scope;
	Response response;
};
