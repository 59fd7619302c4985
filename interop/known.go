package main

// failure is an entry of the list of known failures.
type failure struct {
	program string
	checks  []string
	sign    string // what the error has in it, so that no other failure hides behind this one
	reason  string
}

// failures are what does not pass, and why. Anything else that fails, or one of these that passes, fails the run.
var failures = []failure{
	{
		program: "cadaver", checks: []string{"odd names"}, sign: `"@$!(),=.d/@$!(),=" is missing`,
		reason: "it shows nothing of a collection whose href has characters unescaped that it escapes itself, such as @, $ and !, both of which are right",
	},
	{
		program: "Apache mod_dav", checks: []string{"dead property"}, sign: "the property is <ns1:note xmlns:ns1=",
		reason: "it keeps elements, text and language of a dead property, but not the attributes of the property itself",
	},
	{
		program: "lighttpd", checks: []string{"dead property"}, sign: "Größe &amp;  x:ref</ns1:note>",
		reason: "it keeps the text of a dead property, but no elements in it, attributes or language",
	},
	{
		program: "nginx dav-ext", checks: []string{"lock"}, sign: `the owner is ""`,
		reason: "it tells of a lock without the owner that the client gave",
	},
	{
		program: "lighttpd", checks: []string{"lock"}, sign: `the owner is ""`,
		reason: "it keeps the text of an owner, but no elements such as href",
	},
	{
		program: "chezdav", checks: []string{"odd names"}, sign: "exit status 2",
		reason: "it unescapes names once more than they are escaped, so those that have a percent sign are other names; davls says that its listing is not complete",
	},
	{
		program: "chezdav", checks: []string{"dead property"}, sign: `Gr\xc3\xb6`,
		reason: "it gives the value back as text with the escapes of a string literal, without elements, attributes and language",
	},
}
