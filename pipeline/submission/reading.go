package submission

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
)

// Reading is what one file's bytes say under one path, before it is known when
// they came.
type Reading struct {
	Received
	// Paper says that the file is a scan or a document, which may belong to a
	// workbook beside it.
	Paper bool
}

// readingFormat begins every encoded reading. It is raised with every change of
// what stands in one.
const readingFormat = "tonghop reading 1\n"

// checkLength is how many bytes of a sha256 end an encoded reading.
const checkLength = 8

// Encode writes a reading down compactly. It is false where that is not exact: a
// reading that has been received, checked or decided about, or with a number that
// no decimal holds.
func (r Reading) Encode() ([]byte, bool) {
	e := encoder{data: append(make([]byte, 0, 4<<10), readingFormat...), texts: make(map[string]int, 64), exact: true}
	e.flag(r.Paper)
	e.file(r.File)
	e.findings(r.Findings)
	e.flag(r.Submission != nil)
	if r.Submission != nil {
		e.submission(r.Submission)
	}
	check := sha256.Sum256(e.data)
	return slices.Concat(e.data, check[:checkLength]), e.exact // of its own size: thousands are held until they are saved
}

// encoder appends. A text that comes again is a number.
type encoder struct {
	data  []byte
	texts map[string]int // from 1, in order of first appearance
	exact bool
}

func (e *encoder) number(n int64) { e.data = binary.AppendVarint(e.data, n) }

func (e *encoder) flag(b bool) {
	if b {
		e.number(1)
	} else {
		e.number(0)
	}
}

func (e *encoder) text(all ...string) {
	for _, s := range all {
		if n, known := e.texts[s]; known {
			e.number(int64(n))
			continue
		}
		e.texts[s] = len(e.texts) + 1
		e.number(0)
		e.number(int64(len(s)))
		e.data = append(e.data, s...)
	}
}

func (e *encoder) must(exact bool) { e.exact = e.exact && exact }

func (e *encoder) month(m period.Month) {
	e.number(int64(m.Year))
	e.number(int64(m.Number))
}

func (e *encoder) file(f File) {
	e.must(f.Receipt() == Receipt{} && len(f.SeenUnder) == 0)
	e.text(f.Path, f.SHA256, string(f.Disposition), f.Unit, f.Answers, f.OnDisk)
	e.number(f.Size)
	e.month(f.Period)
}

func (e *encoder) findings(all []finding.Finding) {
	e.number(int64(len(all)))
	for _, f := range all {
		e.must(f.SHA256 == "") // a reading's file is one, and known
		e.text(string(f.Code), f.Unit, f.Indicator, f.File, f.Sheet, f.Cell, f.Raw, f.Read, f.Want)
		e.number(int64(f.Severity))
		e.month(f.Period)
		e.number(int64(f.Row))
		e.number(int64(f.Col))
		e.number(int64(len(f.Args)))
		for _, key := range slices.Sorted(maps.Keys(f.Args)) {
			e.text(key, f.Args[key])
		}
	}
}

func (e *encoder) submission(s *Submission) {
	e.must(s.ReceivedAt.IsZero() && s.ReceivedFrom == "" && s.Channel == "" && s.Contested == nil)
	e.text(s.Unit, s.File, s.SHA256, s.Reason, s.FormVersion, s.PreparedBy, s.ApprovedBy, s.Phone)
	e.month(s.Period)
	e.number(int64(s.Version))
	e.flag(s.Sample)
	e.flag(s.NilReturn)
	e.flag(!s.Modified.IsZero())
	if !s.Modified.IsZero() {
		e.must(s.Modified.Location() == time.UTC)
		e.number(s.Modified.Unix())
		e.number(int64(s.Modified.Nanosecond()))
	}
	e.number(int64(s.Values.Len()))
	for _, v := range s.Values.All() {
		e.must(v.Decision == "" && !v.Unconfirmed && v.Import == nil)
		e.text(v.Indicator, v.Text, v.Sheet, v.Cell, v.Raw, v.Note)
		e.number(int64(v.Row))
		e.number(int64(v.Col))
		e.flag(v.NotDue)
		e.number(int64(v.Figure.State()))
		if v.Figure.Is(figure.Known) {
			n, _ := v.Figure.Number()
			digits, exact := n.Exact()
			e.must(exact)
			e.text(digits)
		}
	}
	e.number(int64(len(s.Remarks)))
	for _, m := range s.Remarks {
		e.text(m.Programme, string(m.Kind), m.Text, m.Sheet, m.Cell)
	}
	e.findings(s.Findings)
}

// DecodeReading is the inverse of Encode. What is not whole, or was written by
// another version, is an error and never another reading.
func DecodeReading(data []byte) (Reading, error) {
	if len(data) < len(readingFormat)+checkLength || string(data[:len(readingFormat)]) != readingFormat {
		return Reading{}, fmt.Errorf("decode reading: not written by this version")
	}
	body, check := data[:len(data)-checkLength], data[len(data)-checkLength:]
	if sum := sha256.Sum256(body); string(sum[:checkLength]) != string(check) {
		return Reading{}, fmt.Errorf("decode reading: damaged")
	}
	const texts = 256 // of a form, about
	d := decoder{rest: string(body[len(readingFormat):]), texts: make([]decoded, 0, texts)}
	r := Reading{Paper: d.flag()}
	r.File, r.Findings = d.file(), d.findings()
	if d.flag() {
		r.Submission = d.submission()
	}
	if d.failed || d.rest != "" {
		return Reading{}, fmt.Errorf("decode reading: malformed")
	}
	return r, nil
}

// decoder takes from the front. After a failure everything is zero. No text of a
// reading is a piece of what it was decoded from, or all of that would be held with it.
type decoder struct {
	rest   string
	texts  []decoded
	failed bool
}

// decoded is a text that came; own says that it is a copy.
type decoded struct {
	text string
	own  bool
}

func (d *decoder) number() int64 {
	var n uint64
	for i := 0; i < len(d.rest) && i < binary.MaxVarintLen64; i++ {
		c := d.rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			d.rest = d.rest[i+1:]
			return int64(n>>1) ^ -int64(n&1) // as binary.AppendVarint has it
		}
	}
	d.fail()
	return 0
}

func (d *decoder) fail() { d.failed, d.rest = true, "" }

// count is a number of things that each take a byte at least.
func (d *decoder) count() int {
	n := d.number()
	if n < 0 || n > int64(len(d.rest)) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) flag() bool {
	n := d.number()
	if n != 0 && n != 1 {
		d.fail()
	}
	return n == 1
}

func (d *decoder) text(all ...*string) {
	for _, s := range all {
		if one := d.next(); one != nil {
			if !one.own {
				one.text, one.own = strings.Clone(one.text), true
			}
			*s = one.text
		}
	}
}

// piece is text of what makes its own copy.
func (d *decoder) piece(all ...*string) {
	for _, s := range all {
		if one := d.next(); one != nil {
			*s = one.text
		}
	}
}

// next is the next text, nil after a failure.
func (d *decoder) next() *decoded {
	n := d.number()
	switch {
	case d.failed:
		return nil
	case n == 0:
		length := d.count()
		d.texts = append(d.texts, decoded{text: d.rest[:length]})
		d.rest = d.rest[length:]
		return &d.texts[len(d.texts)-1]
	case n > 0 && n <= int64(len(d.texts)):
		return &d.texts[n-1]
	}
	d.fail()
	return nil
}

func (d *decoder) month() period.Month {
	return period.Month{Year: int(d.number()), Number: time.Month(d.number())}
}

func (d *decoder) file() File {
	var f File
	d.text(&f.Path, &f.SHA256, (*string)(&f.Disposition), &f.Unit, &f.Answers, &f.OnDisk)
	f.Size = d.number()
	f.Period = d.month()
	return f
}

func (d *decoder) findings() []finding.Finding {
	n := d.count()
	if n == 0 {
		return nil
	}
	all := make([]finding.Finding, 0, n)
	for range n {
		var f finding.Finding
		d.text((*string)(&f.Code), &f.Unit, &f.Indicator, &f.File, &f.Sheet, &f.Cell, &f.Raw, &f.Read, &f.Want)
		f.Severity = finding.Severity(d.number())
		f.Period = d.month()
		f.Row, f.Col = int(d.number()), int(d.number())
		if args := d.count(); args > 0 {
			f.Args = make(map[string]string, args)
			for range args {
				var key, value string
				d.text(&key, &value)
				f.Args[key] = value
			}
		}
		all = append(all, f)
	}
	return all
}

func (d *decoder) submission() *Submission {
	s := &Submission{}
	d.text(&s.Unit, &s.File, &s.SHA256, &s.Reason, &s.FormVersion, &s.PreparedBy, &s.ApprovedBy, &s.Phone)
	s.Period = d.month()
	s.Version = int(d.number())
	s.Sample, s.NilReturn = d.flag(), d.flag()
	if d.flag() {
		s.Modified = time.Unix(d.number(), d.number()).UTC()
	}
	values := make([]Value, d.count())
	for i := range values {
		d.value(&values[i])
	}
	s.Values = ValuesOf(values...)
	if n := d.count(); n > 0 {
		s.Remarks = make([]Remark, n)
	}
	for i := range s.Remarks {
		m := &s.Remarks[i]
		d.text(&m.Programme, (*string)(&m.Kind), &m.Text, &m.Sheet, &m.Cell)
	}
	s.Findings = d.findings()
	return s
}

func (d *decoder) value(v *Value) {
	d.piece(&v.Indicator, &v.Text, &v.Sheet, &v.Cell, &v.Raw, &v.Note)
	v.Row, v.Col = int(d.number()), int(d.number())
	v.NotDue = d.flag()
	state := figure.State(d.number())
	if state != figure.Known {
		v.Figure = figure.Without(state)
		return
	}
	var digits string
	d.piece(&digits)
	n, err := figure.Parse(digits)
	if err != nil {
		d.fail()
	}
	v.Figure = figure.Of(n)
}
