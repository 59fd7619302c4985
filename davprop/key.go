package davprop

import (
	"errors"
	"strconv"

	"github.com/go-multistatus/multistatus"
)

// Key is a property: its name, and how values of type T are read and written.
// The zero Key is none, and only good for being overwritten. Keys are immutable and safe for concurrent use.
type Key[T any] struct {
	name multistatus.Name
	kind *kind[T]
}

// kind is what properties of one type have in common.
type kind[T any] struct {
	// parse reads a value. err is ErrNoProperty where there is none, or says why it cannot be read.
	parse func(multistatus.Value) (v T, forgiven Report, err error)
	write func(*multistatus.Encoder, multistatus.Name, T) error
	show  func(T) string // for people; nil for the text as it stands
}

// Report tells what was forgiven in reading a value. The zero Report is that of a value as it should be.
type Report struct {
	Quirk  Quirk
	Detail string // the part of the value that it is about, as it stands
}

// Any is a [Key] of whatever type, for tools that go through properties by name.
type Any interface {
	Name() multistatus.Name
	Check(multistatus.Value) (Report, error)
	Show(multistatus.Value) (string, error)
}

// New returns the Key of a property of one's own.
//
// parse reads a Value, and returns [ErrNoProperty] if it is like that of a property that is not there. Any other error
// becomes that of a *[ValueError]. write writes the property by one of the methods of the Encoder, and may call them once.
// Both may use another Key: NewInt(name).Parse reads a number.
func New[T any](
	name multistatus.Name,
	parse func(multistatus.Value) (T, error),
	write func(*multistatus.Encoder, multistatus.Name, T) error,
) Key[T] {
	return Key[T]{name, &kind[T]{
		parse: func(v multistatus.Value) (T, Report, error) {
			t, err := parse(v)
			return t, Report{}, err
		},
		write: write,
	}}
}

// NewReporting is [New] for a parse that tells what it forgave.
func NewReporting[T any](
	name multistatus.Name,
	parse func(multistatus.Value) (T, Report, error),
	write func(*multistatus.Encoder, multistatus.Name, T) error,
) Key[T] {
	return Key[T]{name, &kind[T]{parse: parse, write: write}}
}

// ShownBy returns k with another form of its values for people.
func (k Key[T]) ShownBy(show func(T) string) Key[T] {
	return Key[T]{k.name, &kind[T]{k.kind.parse, k.kind.write, show}}
}

// Name returns the name of the property.
func (k Key[T]) Name() multistatus.Name { return k.name }

// Get returns the value of the property in r: that of the first propstat with a status of success that has it,
// wherever that stands. Otherwise it returns the zero T, and an error that is
//
//   - [ErrNoProperty] if r does not have the property, or has it without any content where its type has no such value;
//   - a *[multistatus.StatusError] if the server says that it failed, as by 404 (Not Found), which is then also an
//     [io/fs.ErrNotExist]; or if r as a whole failed and does not have the property;
//   - a *[ValueError] if the value cannot be read.
func (k Key[T]) Get(r *multistatus.Response) (T, error) {
	v, _, err := k.GetReport(r)
	return v, err
}

// GetReport is [Key.Get] that also tells what was forgiven, or for which the value was not read.
// Of several things it tells one: the first that no strict reader would get over.
func (k Key[T]) GetReport(r *multistatus.Response) (T, Report, error) {
	p, s := r.Prop(k.name)
	switch {
	case p == nil:
		var zero T
		return zero, Report{}, absent(r)
	case !s.OK():
		var zero T
		return zero, Report{}, failed(r.Href, p, s)
	}
	return k.Parse(p.Value)
}

// absent is the error of a property that r does not have.
func absent(r *multistatus.Response) error {
	if err := r.Err(); err != nil {
		return err
	}
	return ErrNoProperty
}

// failed is the error of a property whose propstat is no success.
func failed(h multistatus.Href, p *multistatus.Property, s *multistatus.Propstat) error {
	return &multistatus.StatusError{
		Href: h, Prop: p.Name, Status: s.Status, Conditions: s.Error, Description: s.Description,
	}
}

// Find is [Key.Get] for those who do not ask why there is no value. It makes no error for what is missing or failed.
func (k Key[T]) Find(r *multistatus.Response) (v T, ok bool) {
	p, s := r.Prop(k.name)
	if p == nil || !s.OK() {
		return v, false
	}
	t, _, err := k.kind.parse(p.Value)
	if err != nil {
		return v, false
	}
	return t, true
}

// Lookup returns the value of the property in one propstat. The errors are those of [Key.Get]; a StatusError has no Href.
func (k Key[T]) Lookup(s *multistatus.Propstat) (T, error) {
	for i := range s.Props {
		p := &s.Props[i]
		switch {
		case p.Name != k.name:
		case !s.OK():
			var zero T
			return zero, failed("", p, s)
		default:
			v, _, err := k.Parse(p.Value)
			return v, err
		}
	}
	var zero T
	return zero, ErrNoProperty
}

// Parse reads a value of the property that stands elsewhere than in a Response, as in the answer to a LOCK.
// The error is [ErrNoProperty] for a value without any content, or a *[ValueError].
func (k Key[T]) Parse(v multistatus.Value) (T, Report, error) {
	t, forgiven, err := k.kind.parse(v)
	if err != nil {
		var zero T
		return zero, forgiven, k.unreadable(v, forgiven, err)
	}
	return t, forgiven, nil
}

func (k Key[T]) unreadable(v multistatus.Value, r Report, err error) error {
	if err == ErrNoProperty {
		return err
	}
	text, ok := v.Text()
	if !ok {
		text = v.Raw()
	}
	return &ValueError{Name: k.name, Text: text, Quirk: r.Quirk, Err: err}
}

// Check is [Key.Parse] without the value, for [Any].
func (k Key[T]) Check(v multistatus.Value) (Report, error) {
	_, forgiven, err := k.Parse(v)
	return forgiven, err
}

// Show returns a value in a form for people: a size with its unit, a date without the name of the day, the parts of a structure.
// It is one line if the value is one; what a server may have put into a text is not made harmless for a terminal.
func (k Key[T]) Show(v multistatus.Value) (string, error) {
	t, _, err := k.Parse(v)
	if err != nil {
		return "", err
	}
	if k.kind.show != nil {
		return k.kind.show(t), nil
	}
	text, ok := v.Text()
	if !ok {
		text = v.Raw()
	}
	return text, nil
}

// Write writes the property with a value, into the propstat that was begun last. Its errors are those of the Encoder,
// which every later call returns too, and those of values that T can hold and the property cannot.
func (k Key[T]) Write(e *multistatus.Encoder, v T) error { return k.kind.write(e, k.name, v) }

// ErrNoProperty is the error for a property that a response does not have.
var ErrNoProperty = errors.New("davprop: no such property")

// ValueError is the error of a value that cannot be read, or not be written.
type ValueError struct {
	Name  multistatus.Name // zero if it is not known
	Text  string           // as it was sent: its text, or its XML if it holds elements
	Quirk Quirk            // what it is known as, or zero
	Err   error            // why it cannot be read
}

func (e *ValueError) Error() string {
	s := "davprop: "
	if e.Name != (multistatus.Name{}) {
		s += e.Name.Local + " "
	}
	return s + clip(e.Text) + ": " + e.Err.Error()
}

// Unwrap returns Err.
func (e *ValueError) Unwrap() error { return e.Err }

// clip quotes a text, cut if it is long.
func clip(s string) string {
	const most = 200
	if len(s) > most {
		return strconv.Quote(s[:most]) + "…"
	}
	return strconv.Quote(s)
}
