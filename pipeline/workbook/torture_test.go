package workbook

import (
	"bytes"
	"os"
	"reflect"
	"strings"
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

// TestNoSilentDifference damages workbooks in many ways: the least one with every
// kind of cell, packed and stored, and three of the sample submissions. Each copy
// must be refused or read the same in everything a Book says. With
// TONGHOP_TORTURE=1 it flips every bit and cuts at every byte, not at each 97th.
func TestNoSilentDifference(t *testing.T) {
	step := 97
	if os.Getenv("TONGHOP_TORTURE") != "" {
		step = 1
	}
	books := sampleForms(t, 3)
	books["zipped"], books["stored"] = representative(t).zipped(t), representative(t).stored(t)
	for name, data := range books {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := mustOpen(t, data)
			copies, refused := 0, 0
			check := func(changed []byte, format string, args ...any) {
				copies++
				book, err := Open(changed, DefaultLimits())
				if err != nil {
					refused++
				} else if !reflect.DeepEqual(book, want) {
					t.Errorf(format+" changes the book in silence", args...)
				}
			}
			changed := bytes.Clone(data)
			for bit := 0; bit < 8*len(data); bit += step {
				changed[bit/8] ^= 1 << (bit % 8)
				check(changed, "bit %d", bit)
				changed[bit/8] = data[bit/8]
			}
			t.Logf("%d flips, %d refused, 0 may differ", copies, refused)
			if refused < copies*8/10 {
				t.Errorf("only %d of %d flips refused", refused, copies)
			}
			for length := 0; length < len(data); length += step {
				if book, err := Open(data[:length], DefaultLimits()); err == nil {
					t.Errorf("cut at %d it opens: %v", length, book)
				}
			}
			for at := 0; at < len(data); at += 512 {
				clear(changed[at:min(at+512, len(changed))])
				check(changed, "zeros at %d", at)
				copy(changed, data)
			}
		})
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
		base := representative(t)
		checkPromises(t, base.with("xl/worksheets/sheet1.xml", sheet).stored(t))
		comparePlain(t, base, sheet)
	})
}

// comparePlain asks that cells read as they stand give what going by tags and
// attributes gives, which a second space in each tag brings about.
func comparePlain(t *testing.T, base parts, sheet string) {
	t.Helper()
	if strings.Contains(sheet, "<![CDATA[") {
		return // "<c" may be text there
	}
	plain, err := Open(base.with("xl/worksheets/sheet1.xml", sheet).stored(t), DefaultLimits())
	byTags, errByTags := Open(base.with("xl/worksheets/sheet1.xml", strings.ReplaceAll(sheet, "<c ", "<c  ")).stored(t), DefaultLimits())
	if (err == nil) != (errByTags == nil) || !reflect.DeepEqual(plain, byTags) {
		t.Fatalf("as they stand: %v, by tags: %v", err, errByTags)
	}
	if err != nil {
		one, other := asRefusal(t, err), asRefusal(t, errByTags)
		one.Offset, other.Offset = 0, 0
		if *one != *other {
			t.Fatalf("as they stand: %v, by tags: %v", one, other)
		}
	}
}

// TestPlainCells has cells that are nearly plain, among plain ones.
func TestPlainCells(t *testing.T) {
	for _, cells := range []string{
		`<c r="A1"/><c r="B1"></c><c r="C1"><v></v></c><c r="D1"><v>1</v></c><c r="E1" s="1"><v>2</v></c><c r="F1" t="s"><v>0</v></c><c r="G1" s="1" t="n"><v>3</v></c>`,
		`<c r="A1"><f>1</f><v>1</v></c><c r="B1"><v>2</v></c><c t="s" r="C1"><v>0</v></c><c r="D1"><v>4</v></c>`,
		`<c r="A1"><v> 1 </v></c><c r="B1"><v>&#49;</v></c><c r="C1" t="str"><v>a&gt;b</v></c><c r="D1" t="str"><v>a>b</v></c><c r="E1" t="str"><v> ấ _x0041_</v></c>`,
		`<c r="A1"><v>1</v></c > <c r='B1'><v>2</v></c><c r="C1"><v>3</v><extLst/></c><c r="D1" ><v>4</v></c>`,
		`<c r="A1"><v>1</v></c>x<c r="B1"><v>2</v></c>`, `<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>`, `<c r="B1"/><c r="A1"/>`, `<c r="A2"><v>1</v></c>`, `<c r=""/>`, `<c r="A1" s="x"/>`, `<c r="A1" s="99"><v>1</v></c>`, `<c r="A1" s=""><v>1</v></c>`,
		`<c r="A1" t="x"><v>1</v></c>`, `<c r="A1"><v>x</v></c>`, `<c r="A1" t="s"><v>9</v></c>`, `<c r="A1"><v>1</c>`, `<c r="A1"><v>1</v></v></c>`, `<c r="A1"><v>]]></v></c>`, `<c r="A1"><v>1`, `<c r="A1`, `<c r="A1" r="A1"/>`, `<c r="A1" s="1" s="1"/>`, `<c r="ấ"/>`,
	} {
		for _, row := range []string{`<row r="1">` + cells + `</row>`, `<row>` + cells + `</row>`, `<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1">` + cells + `</x:row>`} {
			comparePlain(t, representative(t), sheetXML(row))
		}
		other := `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1">` + cells + `</x:row></x:sheetData></x:worksheet>`
		if _, err := Open(small("").with("xl/worksheets/sheet1.xml", other).stored(t), DefaultLimits()); err == nil {
			t.Errorf("cells of no namespace are read: %s", cells)
		}
	}
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
