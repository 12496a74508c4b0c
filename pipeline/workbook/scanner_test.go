package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// trace writes down what the scanner sees, in a form that traceStandard writes
// down too: tags by local name, attributes sorted, text joined.
func trace(data []byte) (string, error) {
	var s scanner
	s.start("part", data)
	var b strings.Builder
	for {
		switch s.next() {
		case startTag:
			attrs := make([]string, 0, len(s.attrs))
			for i := range s.attrs {
				attrs = append(attrs, fmt.Sprintf(" %s=%q", s.attrs[i].local, foldBlank(string(s.attrs[i].value()))))
			}
			slices.Sort(attrs)
			fmt.Fprintf(&b, "<%s%s>", s.local, strings.Join(attrs, ""))
		case endTag:
			b.WriteString("</>")
		case charData:
			if s.decode {
				b.Write(appendDecoded(nil, s.raw, '\n', '\t'))
			} else {
				b.Write(s.raw)
			}
		case failed:
			return "", s.err
		case endOfPart:
			return b.String(), nil
		}
	}
}

func traceStandard(data []byte) (string, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	var b strings.Builder
	depth := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			attrs := make([]string, 0, len(token.Attr))
			for _, a := range token.Attr {
				attrs = append(attrs, fmt.Sprintf(" %s=%q", a.Name.Local, foldBlank(a.Value)))
			}
			slices.Sort(attrs)
			fmt.Fprintf(&b, "<%s%s>", token.Name.Local, strings.Join(attrs, ""))
		case xml.EndElement:
			depth--
			b.WriteString("</>")
		case xml.CharData:
			if depth > 0 {
				b.Write(token)
			}
		}
	}
}

// foldBlank makes up for encoding/xml, which keeps line ends and tabs in
// attributes; XML 1.0, 3.3.3 makes spaces of them.
func foldBlank(s string) string {
	return strings.NewReplacer("\n", " ", "\t", " ", "\r", " ").Replace(s)
}

// stricter are the grounds on which the scanner refuses what encoding/xml lets
// pass. Any other difference is a fault of the scanner.
var stricter = []string{
	"stands twice in a tag",       // attributes; encoding/xml gives both
	"is not declared",             // prefixes; encoding/xml leaves them as they are
	"the declaration",             // xmlns:xml, xmlns:a="" and the like
	"document type",               // packages must not have one
	"a second root element",       // encoding/xml reads fragments
	"text outside the root",       //
	"the part ends too early",     // a part without any element
	"processing instruction",      // <?xml in the middle
	"XML declaration",             // only its version and encoding are looked at
	"the encoding",                // UTF-16 named where the bytes are UTF-8, and others
	"the XML version",             //
	"the name",                    // colons at odd places
	"a tag without a name",        // names beyond ASCII
	"a tag that cannot be read",   // the same, and attributes without a space between
	"a tag without end",           // the same
	"has no value in quotes",      // "<" in a value
	"end tag that does not match", // the same names after a repair
	"a CDATA section without end", //
	"nested deeper",               // budgets
	"more than",                   //
	"the character",               // a control character within a comment or instruction
	"not sound utf-8",             // the same, and U+FFFE
}

func compareTraces(t *testing.T, what string, data []byte) {
	t.Helper()
	ours, err := trace(data)
	theirs, theirErr := traceStandard(data)
	switch {
	case err == nil && theirErr != nil:
		t.Errorf("%s: accepted, but encoding/xml: %v", what, theirErr)
	case err == nil && ours != theirs:
		at := 0
		for at < min(len(ours), len(theirs)) && ours[at] == theirs[at] {
			at++
		}
		t.Errorf("%s: differs at %.80q, encoding/xml %.80q", what, ours[at:], theirs[at:])
	case err != nil && theirErr == nil:
		if !slices.ContainsFunc(stricter, func(ground string) bool { return strings.Contains(err.Error(), ground) }) {
			t.Errorf("%s: refused, but encoding/xml reads it: %v", what, err)
		}
	}
}

func TestScannerAgreesWithEncodingXML(t *testing.T) {
	for _, text := range []string{
		`<a/>`, `<a></a>`, `<a b="1" c='2'/>`, `<a b = "1" ></a >`, "\xef\xbb\xbf<a/>", ` <a/> `, `<a/><b/>`, `<a>`, `</a>`, `<a></b>`, `<a><b></a></b>`,
		``, ` `, `x`, `<a/>x`, `<a>x</a>`, `<a>&amp;&lt;&gt;&quot;&apos;&#65;&#x1EA5;</a>`, `<a>&nbsp;</a>`, `<a>&#0;</a>`, `<a>&#xFFFF;</a>`, `<a>&#x110000;</a>`, `<a>&amp</a>`, `<a>&</a>`, `<a>&;</a>`, `<a>&#;</a>`, `<a>&#x;</a>`, `<a>&#-5;</a>`, `<a>&#+65;</a>`, `<a>&#1_0;</a>`,
		`<a b="&amp;&#10;"/>`, `<a b="<"/>`, `<a b="&x;"/>`, `<a b=1/>`, `<a b/>`, `<a b="1"c="2"/>`, `<a b="1" b="2"/>`, `<a b="1`, `<a b='"'/>`, `<a b="'"/>`,
		`<a><![CDATA[<&]]></a>`, `<a><![CDATA[]]></a>`, `<a><![CDATA[</a>`, `<![CDATA[]]><a/>`, `<a>]]></a>`, `<a>]]&gt;</a>`, "<a>x\r\ny\rz</a>", "<a><![CDATA[x\r\ny\r]]></a>", "<a b='x\ty\r\nz'/>",
		`<!-- c --><a/>`, `<a><!-- c -- d --></a>`, `<a><!-- c ---></a>`, `<a><!-- c`, `<a><!----></a>`, `<a><!--></a>`, `<a/><!-- c -->`,
		`<?xml version="1.0"?><a/>`, `<?xml version="1.1"?><a/>`, `<?xml version="1.0" encoding="UTF-8"?><a/>`, `<?xml version="1.0" encoding="latin1"?><a/>`, ` <?xml version="1.0"?><a/>`, `<?xml?><a/>`, `<?p?><a/>`, `<?p d?><a/>`, `<??><a/>`, `<?p`, `<a><?xml version="1.0"?></a>`,
		`<!DOCTYPE a><a/>`, `<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, `<a><!ENTITY x></a>`,
		`<p:a xmlns:p="u"/>`, `<p:a/>`, `<p:a xmlns:p=""/>`, `<:a/>`, `<a:/>`, `<a:b:c xmlns:a="u"/>`, `<a p:b="1"/>`, `<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>`, `<a xmlns="u"><b xmlns=""/></a>`, `<p:a xmlns:p="u"></q:a>`, `<xml:a/>`, `<a xml:space="preserve"/>`,
		`<1a/>`, `<a 1b="2"/>`, `<é/>`, `<a é="1"/>`, `<a.b-c_1/>`, `< a/>`, `<a / >`, `<a /b>`, `<a/`, `<a`, `<`, `<!`, `<a><`, "<a>\x00</a>", "<a>\x0b</a>", "<a>\xff</a>", "<a>\ufffe</a>", "<a>\xed\xa0\x80</a>", "<a>😀ấ</a>", "<a\t\r\nb='1'\n/>", `<a b="1"/ >`, `<a?>`, `<a b="x"?>`,
	} {
		compareTraces(t, fmt.Sprintf("%q", text), []byte(text))
	}
}

// TestScannerAgreesOnCorpus compares on every part of every ordinary workbook,
// and on each part again with a few bytes changed.
func TestScannerAgreesOnCorpus(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	seen := make(map[uint32]bool) // many workbooks hold equal parts
	for name, data := range corpus(t) {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			isXML := strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, ".rels")
			if !isXML || seen[f.CRC32] || f.UncompressedSize64 > 20_000 {
				continue
			}
			seen[f.CRC32] = true
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			content, err := io.ReadAll(r)
			if err != nil || len(content) == 0 || bytes.HasPrefix(content, []byte("\xff\xfe")) {
				continue // encoding/xml has no UTF-16
			}
			compareTraces(t, name+" "+f.Name, content)
			if _, err := trace(content); err != nil {
				t.Errorf("%s %s: %v", name, f.Name, err)
			}
			changed := bytes.Clone(content)
			at := random.IntN(len(changed))
			changed[at] = "<>&;\"'/=!?-:x \x01\xc3"[random.IntN(16)]
			compareTraces(t, fmt.Sprintf("%s %s with %q at %d", name, f.Name, changed[at], at), changed)
			compareTraces(t, fmt.Sprintf("%s %s cut at %d", name, f.Name, at), content[:at])
		}
	}
}

// TestFirstControl has each byte at each place among others, since eight are
// looked at together.
func TestFirstControl(t *testing.T) {
	for _, around := range []string{"abcdefghijklmnopqrst", "\n\t\r\n\n\t\r\n\t\n", "ấấấấấấấ", "\x7f\x80\xff\xa0\x20\x21\x7f\x80\xff\xa0\x20\x21"} {
		for c := range 256 {
			for at := range len(around) {
				data := []byte(around)
				data[at] = byte(c)
				want := -1
				if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
					want = at
				}
				if got := firstControl(data); got != want {
					t.Errorf("%q: %d, want %d", data, got, want)
				}
			}
		}
	}
}

func TestUTF16(t *testing.T) {
	for _, text := range []string{"<a>ấ😀</a>", `<?xml version="1.0" encoding="UTF-16"?><a/>`} {
		var little, big []byte
		little, big = append(little, 0xff, 0xfe), append(big, 0xfe, 0xff)
		for _, unit := range utf16.Encode([]rune(text)) {
			little = append(little, byte(unit), byte(unit>>8))
			big = append(big, byte(unit>>8), byte(unit))
		}
		want, err := trace([]byte(strings.Replace(text, "UTF-16", "UTF-8", 1)))
		if err != nil {
			t.Fatal(err)
		}
		for _, data := range [][]byte{little, big} {
			if got, err := trace(data); err != nil || got != want {
				t.Errorf("%q: %q, %v", text, got, err)
			}
			if got, err := trace(data[:len(data)-1]); err == nil {
				t.Errorf("%q without its last byte: %q", text, got)
			}
		}
	}
	if got, err := trace([]byte("\xff\xfe<\x00a\x00>\x00\x00\xd8<\x00/\x00a\x00>\x00")); err == nil {
		t.Errorf("a lone surrogate: %q", got)
	}
}

func FuzzScanner(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0"?><a xmlns:p="u" p:b="&amp;"><!-- c --><p:c>x&#10;<![CDATA[y]]></p:c></a>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
			return // encoding/xml has no UTF-16
		}
		compareTraces(t, "fuzzed", data)
	})
}

// A character's number is read as strconv reads one.
func TestCharacterNumber(t *testing.T) {
	for _, digits := range []string{"", "0", "34", "034", "9", "10FFFF", "10ffff", "g", "-1", "+1", "1_0", " 1", "1a", "99999999", "x1", "é", "FFFFFFF"} {
		for _, base := range []int{10, 16} {
			want, err := strconv.ParseUint(digits, base, 32)
			if got, ok := characterNumber([]byte(digits), base); ok != (err == nil) || ok && got != int(want) {
				t.Errorf("%q to base %d: %d, %v; strconv has %d, %v", digits, base, got, ok, want, err)
			}
		}
	}
}
