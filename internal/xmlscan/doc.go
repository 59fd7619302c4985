// Package xmlscan is a non-validating scanner for XML 1.0 (5th edition) with Namespaces in XML 1.0.
//
// It works on windows of immutable text: the caller's string, or pieces of what a reader delivers.
// Every string that it hands out is a part of a window, or a fresh one where something was resolved or mended,
// so it may be kept for ever.
// A token that a window's end cuts is carried into the next window whole; only text, CDATA sections, comments and
// processing instructions longer than a window come in pieces. How the bytes are cut into reads changes
// neither values nor faults nor offsets.
//
// The scanner knows nothing of the vocabulary of its documents.
// What is not well-formed it either refuses, with an *Error,
// or it reports a Fault, and mends it unless OnFault returns an error.
package xmlscan
