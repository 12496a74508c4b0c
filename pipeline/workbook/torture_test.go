package workbook

import (
	"bytes"
	"os"
	"reflect"
	"testing"
)

// representative has every kind of cell, two sheets, merges, hidden rows, names
// and a part that nobody reads; zipped and stored alike.
func representative(t testing.TB) parts {
	return small(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`+
		`<row r="2" hidden="1"><c r="A2"><v>2099</v></c><c r="B2" s="3"><v>0.9</v></c><c r="C2" s="1"><v>45823</v></c></row>`+
		`<row r="4"><c r="A4"><f>A2*2</f><v>4198</v></c><c r="B4" t="b"><v>1</v></c><c r="C4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D4" t="inlineStr"><is><t>không phát sinh</t></is></c></row>`).
		edit(t, "xl/worksheets/sheet1.xml", "</sheetData>", `</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells>`).
		edit(t, "xl/workbook.xml", "</sheets>", `<sheet name="Phụ" sheetId="2" state="hidden" r:id="rId8"/></sheets>`).
		edit(t, "xl/_rels/workbook.xml.rels", "</Relationships>", `<Relationship Id="rId8" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`).
		with("xl/worksheets/sheet2.xml", sheetXML(`<row r="7"><c r="G7"><v>12.5</v></c></row>`)).
		with("xl/media/image1.png", "\x89PNG\r\n\x1a\n not looked at")
}

// TestNoSilentDifference damages a workbook in many ways. Each copy must be
// refused or read the same; TONGHOP_TORTURE=1 flips every bit, not each 97th.
func TestNoSilentDifference(t *testing.T) {
	step := 97
	if os.Getenv("TONGHOP_TORTURE") != "" {
		step = 1
	}
	for form, data := range map[string][]byte{"zipped": representative(t).zipped(t), "stored": representative(t).stored(t)} {
		want := mustOpen(t, data)
		refused := 0
		check := func(changed []byte, format string, args ...any) {
			book, err := Open(changed, DefaultLimits())
			if err != nil {
				refused++
			} else if !reflect.DeepEqual(book, want) {
				t.Errorf(form+": "+format+" changes the book in silence", args...)
			}
		}
		for bit := 0; bit < 8*len(data); bit += step {
			changed := bytes.Clone(data)
			changed[bit/8] ^= 1 << (bit % 8)
			check(changed, "bit %d", bit)
		}
		if flips := 8 * len(data) / step; refused < flips*8/10 {
			t.Errorf("%s: only %d of %d flips refused", form, refused, flips)
		}
		for length := range data {
			if book, err := Open(data[:length], DefaultLimits()); err == nil {
				t.Errorf("%s: cut at %d opens: %v", form, length, book)
			}
		}
		for at := 0; at < len(data); at += 512 {
			changed := bytes.Clone(data)
			clear(changed[at:min(at+512, len(changed))])
			check(changed, "zeros at %d", at)
		}
	}
}

// FuzzOpen asks that any bytes give a book or a refusal, the same each time,
// and that a book keeps its promises.
func FuzzOpen(f *testing.F) {
	f.Add(representative(f).zipped(f))
	f.Add(representative(f).stored(f))
	f.Add([]byte(compound("EncryptedPackage")))
	f.Add([]byte("Mã;Tên\n1;2\n"))
	f.Fuzz(func(t *testing.T, data []byte) { checkPromises(t, data) })
}

// FuzzSheet does the same with any text as a worksheet part of a sound package,
// where checksums do not stand in the fuzzer's way.
func FuzzSheet(f *testing.F) {
	for _, p := range representative(f) {
		if p.name == "xl/worksheets/sheet1.xml" || p.name == "xl/worksheets/sheet2.xml" {
			f.Add(p.content)
		}
	}
	f.Fuzz(func(t *testing.T, sheet string) {
		checkPromises(t, representative(t).with("xl/worksheets/sheet1.xml", sheet).stored(t))
	})
}

func checkPromises(t *testing.T, data []byte) {
	limits := DefaultLimits()
	book, err := Open(data, limits)
	again, errAgain := Open(data, limits)
	if (err == nil) != (errAgain == nil) || err != nil && err.Error() != errAgain.Error() || !reflect.DeepEqual(book, again) {
		t.Fatalf("two readings differ: %v, %v", err, errAgain)
	}
	if err != nil {
		if r := asRefusal(t, err); r.Code == "" || r.Kind == "" || r.Detail == "" || (r.Code == WorkbookTooLarge) != (r.Limit != "") {
			t.Fatalf("%#v", r)
		}
		return
	}
	for _, s := range book.Sheets {
		for i, c := range s.Cells {
			if i > 0 && s.Cells[i-1].Ref.Compare(c.Ref) >= 0 {
				t.Fatalf("%s after %s", c.Ref, s.Cells[i-1].Ref)
			}
			if found, ok := s.Cell(c.Ref); !ok || found != c || c.Format == "" && !c.IsDate() && c.Kind == Blank && !c.Formula {
				t.Fatalf("%+v", c)
			}
		}
	}
	for _, name := range book.Names {
		book.NameTarget(name.Name)
	}
}
