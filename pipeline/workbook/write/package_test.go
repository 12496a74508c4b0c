package write

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tonghop/pipeline/workbook"
)

const (
	space     = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relations = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
)

// small is a workbook of one sheet, as text.
func small(sheet string, other map[string]string) []byte {
	kind := "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	files := map[string]string{
		contentTypes: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + worksheetType + `"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="` + kind + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="` + kind + `worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="` + kind + `styles" Target="/xl/styles.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook ` + space + ` ` + relations + `><sheets><sheet name="Trang &amp; 1" sheetId="7" r:id="a"/></sheets></workbook>`,
		"xl/styles.xml": `<styleSheet ` + space + `><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>` +
			`<borders count="1"><border/></borders><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/><xf numFmtId="9" fontId="0" fillId="0" borderId="0" applyAlignment="1"><alignment wrapText="1"/></xf></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml": sheet,
	}
	maps.Copy(files, other)
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := archive.Create(name)
		if err == nil {
			_, err = w.Write([]byte(files[name]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := archive.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func worksheet(inner string) string { return "<worksheet " + space + ">" + inner + "</worksheet>" }

// A cell is marked wherever the sheet stores it, or does not.
func TestMarkedCells(t *testing.T) {
	for name, c := range map[string]struct{ sheet, want string }{
		"empty sheet":       {worksheet(`<sheetData/>`), `<sheetData><row r="2"><c r="B2" s="2"/></row></sheetData>`},
		"before all rows":   {worksheet(`<sheetData><row r="5"/></sheetData>`), `<sheetData><row r="2"><c r="B2" s="2"/></row><row r="5"/>`},
		"behind all rows":   {worksheet(`<sheetData><row r="1"/></sheetData>`), `<row r="1"/><row r="2"><c r="B2" s="2"/></row></sheetData>`},
		"row without cells": {worksheet(`<sheetData><row r="2" spans="4:4"/></sheetData>`), `<row r="2"><c r="B2" s="2"/></row>`},
		"row's own format":  {worksheet(`<sheetData><row r="2" s="1" customFormat="1"></row></sheetData>`), `customFormat="1"><c r="B2" s="2"/></row>`},
		"column's format":   {worksheet(`<cols><col min="2" max="9" style="1"/></cols><sheetData><row r="2"></row></sheetData>`), `<c r="B2" s="2"/>`},
		"between cells":     {worksheet(`<sheetData><row r="2"><c r="A2"/><c r="C2"><v>1</v></c></row></sheetData>`), `<c r="A2"/><c r="B2" s="2"/><c r="C2"><v>1</v></c>`},
		"stored":            {worksheet(`<sheetData><row r="2"><c r="B2" s="1" t="str"><f>IF(1,"","")</f><v></v></c></row></sheetData>`), `<c r="B2" s="2" t="str"><f>IF(1,"","")</f><v></v></c>`},
		"without addresses": {worksheet(`<sheetData><row><c><v>1</v></c></row><row><c/><c><v>2</v></c></row></sheetData>`), `<row><c/><c s="2"><v>2</v></c></row>`},
		"merged":            {worksheet(`<sheetData><row r="1"><c r="A1"/></row></sheetData><mergeCells><mergeCell ref="A1:C3"/></mergeCells>`), `<c r="A1" s="2"/>`},
		"commented out":     {worksheet(`<!-- <row r="2"> --><sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>`), `<c r="B2" s="2"><v>1</v></c>`},
		"with prefixes": {strings.NewReplacer("</", "</x:", "<", "<x:", "xmlns=", "xmlns:x=").Replace(worksheet(`<sheetData><row r="2"><c r="A2"/></row></sheetData><tableParts/>`)),
			`<x:row r="2"><x:c r="A2"/><x:c r="B2" s="2"/></x:row></x:sheetData><x:legacyDrawing `},
	} {
		p, err := OpenPackage(small(c.sheet, nil))
		if err == nil {
			err = p.Mark([]Mark{{Sheet: "trang & 1", At: At(2, 2), Fill: FillError, Note: "Sai <số> & chữ"}, {Sheet: "no such sheet", At: At(1, 1)}})
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, _ := p.part("xl/worksheets/sheet1.xml"); !strings.Contains(string(got), c.want) {
			t.Errorf("%s: got %s", name, got)
		}
		data, err := p.Bytes()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := workbook.Open(data, workbook.DefaultLimits()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if styles := partOf(t, data, "xl/styles.xml"); !strings.Contains(styles, `<fills count="3">`) || !strings.Contains(styles, "FF"+FillError) || !strings.Contains(styles, `fillId="2"`) {
			t.Errorf("%s: styles %s", name, styles)
		}
	}
}

// A list of styles may be there and empty, as openpyxl writes that of the number
// formats: what a sheet put in front needs is written into it, once.
func TestEmptyListsOfStyles(t *testing.T) {
	full := map[string]string{
		"numFmts": "", "fonts": `<fonts count="1"><font/></fonts>`, "fills": `<fills count="1"><fill><patternFill patternType="none"/></fill></fills>`,
		"borders": `<borders count="1"><border/></borders>`, "cellXfs": `<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellXfs>`,
	}
	front := func(p *Package) error {
		f, err := p.Front()
		if err != nil {
			return err
		}
		sheet := f.Add("Trước")
		sheet.Text(At(1, 1), "một", Style{Bold: true, Format: "0.0"})
		sheet.Print(Page{LastCell: At(1, 1)})
		return f.Place()
	}
	for _, prefix := range []string{"", "x:"} {
		for _, list := range styleLists {
			for _, empty := range []string{`<%s/>`, `<%s count="0"/>`, `<%s count="0" />`, `<%s count="0"></%s>`} {
				empty = strings.ReplaceAll(empty, "%s", list)
				inner := ""
				for _, each := range styleLists {
					if each == list {
						inner += empty
						continue
					}
					inner += full[each]
				}
				styles := "<styleSheet " + space + ">" + inner + "</styleSheet>"
				if prefix != "" {
					styles = strings.NewReplacer("</", "</"+prefix, "<", "<"+prefix, "xmlns=", "xmlns:x=").Replace(styles)
				}
				p, err := OpenPackage(small(worksheet(`<sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>`), map[string]string{"xl/styles.xml": styles}))
				if err == nil {
					err = front(p)
				}
				if err == nil {
					err = p.Mark([]Mark{{Sheet: "Trang & 1", At: At(2, 2), Fill: FillError}})
				}
				var data []byte
				if err == nil {
					data, err = p.Bytes()
				}
				if err != nil {
					t.Errorf("%s%s: %v", prefix, empty, err)
					continue
				}
				if book, err := workbook.Open(data, workbook.DefaultLimits()); err != nil || len(book.Sheets) != 2 {
					t.Errorf("%s%s: %v", prefix, empty, err)
				}
				written := partOf(t, data, "xl/styles.xml")
				again, err := readStyleSheet([]byte(written))
				if err != nil || strings.Count(written, "<"+prefix+list) != 1 {
					t.Errorf("%s%s: %v in %s", prefix, empty, err, written)
					continue
				}
				top, all, _ := root([]byte(written))
				for _, each := range styleLists {
					e, ok := named(all, each)
					if n := strconv.Itoa(again.lists[each].had); !ok || n == "0" || e.attr([]byte(written), "count") != n || top.name != prefix+"styleSheet" {
						t.Errorf("%s%s: %s counts %s of %s", prefix, empty, each, e.attr([]byte(written), "count"), n)
					}
				}
			}
		}
	}
}

func partOf(t *testing.T, data []byte, name string) string {
	t.Helper()
	p, err := OpenPackage(data)
	if err != nil {
		t.Fatal(err)
	}
	content, err := p.part(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// A name that belongs to a sheet goes on belonging to it.
func TestNamesFollowTheirSheets(t *testing.T) {
	p, err := OpenPackage(small(worksheet(`<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetData/>`), map[string]string{
		"xl/workbook.xml": `<workbook ` + space + ` ` + relations + `><bookViews><workbookView activeTab="0" firstSheet="0"/></bookViews><sheets><sheet name="Một" sheetId="7" r:id="a"/></sheets>` +
			`<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">Một!$A$1</definedName><definedName name="KY">Một!$B$1</definedName></definedNames></workbook>`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	f, err := p.Front()
	if err != nil {
		t.Fatal(err)
	}
	first, second := f.Add("Một"), f.Add("Hai")
	first.Text(At(1, 1), "một", Style{Bold: true})
	first.LinkTo(At(1, 1), "Một", At(1, 1), "")
	second.Text(At(1, 1), "hai", Style{Format: "0.0"})
	first.Print(Page{LastCell: At(1, 1)})
	if err := f.Place(); err != nil {
		t.Fatal(err)
	}
	check := func(want ...string) {
		t.Helper()
		main, _ := p.part("xl/workbook.xml")
		for _, w := range want {
			if !strings.Contains(string(main), w) {
				t.Errorf("no %s in %s", w, main)
			}
		}
	}
	check(`name="Một (2)" sheetId="8"`, `name="Hai" sheetId="9"`, `name="_xlnm.Print_Area" localSheetId="2">Một!$A$1`, `name="_xlnm.Print_Area" localSheetId="0">&#39;Một (2)&#39;!$A$1`, `<workbookView/>`)
	if sheet, _ := p.part("xl/worksheets/sheet1.xml"); strings.Contains(string(sheet), "tabSelected") {
		t.Error("two sheets are selected")
	}
	for _, name := range []string{"Hai", "Một (2)"} {
		if err := p.RemoveSheet(name); err != nil {
			t.Fatal(err)
		}
	}
	check(`<sheets><sheet name="Một" sheetId="7" r:id="a"/></sheets>`, `name="_xlnm.Print_Area" localSheetId="0">Một!$A$1`, `name="KY"`)
	data, err := p.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if book, err := workbook.Open(data, workbook.DefaultLimits()); err != nil || len(book.Sheets) != 1 {
		t.Errorf("%v", err)
	}
	if err := p.RemoveSheet("Một"); err != nil {
		t.Fatal(err)
	}
	check(`name="Một"`) // the only one stays
}

func TestAttributes(t *testing.T) {
	for _, c := range []struct{ head, name, value, set, without string }{
		{`<c r="A1"/>`, "s", "", `<c r="A1" s="&lt;9&gt;"/>`, `<c r="A1"/>`},
		{`<c s='1' r="A1">`, "s", "1", `<c s='&lt;9&gt;' r="A1">`, `<c r="A1">`},
		{`<sheet name="a s=&quot;2&quot;" r:s = "3" s = "&amp;" />`, "s", "&", `<sheet name="a s=&quot;2&quot;" r:s = "3" s = "&lt;9&gt;" />`, `<sheet name="a s=&quot;2&quot;" r:s = "3" />`},
		{"<row\n\tspans=\"1:2\"\n\ts=\"4\">", "s", "4", "<row\n\tspans=\"1:2\"\n\ts=\"&lt;9&gt;\">", "<row\n\tspans=\"1:2\">"},
		{`<c>`, "s", "", `<c s="&lt;9&gt;">`, `<c>`},
	} {
		head := []byte(c.head)
		if got := attr(head, c.name); got != c.value {
			t.Errorf("%s: %s is %q", c.head, c.name, got)
		}
		if got := setAttr(head, c.name, "<9>"); string(got) != c.set {
			t.Errorf("%s: set %s", c.head, got)
		}
		if got := withoutAttr(head, c.name); string(got) != c.without {
			t.Errorf("%s: without %s", c.head, got)
		}
	}
}

// Whatever the bytes, the search for markup ends and stays within them.
func FuzzMarkup(f *testing.F) {
	f.Add([]byte(`<a b="1>2" c='x'><!-- <d> --><e/><![CDATA[<f>]]></a>`))
	f.Add([]byte(`<a r:id="1"`))
	f.Add([]byte(`<a b=`))
	f.Fuzz(func(t *testing.T, data []byte) {
		top, inner, err := root(data)
		if err != nil {
			return
		}
		for _, e := range append(inner, top) {
			if e.start < 0 || e.start > e.end || e.end > e.last || e.last > len(data) {
				t.Fatalf("%+v", e)
			}
			head := data[e.start:e.end]
			attr(head, "b")
			e.relationID(data)
			setAttr(head, "neu", "<1>")
			withoutAttr(head, "b")
			e.appended(data, "x")
			textWithin(data[e.end:max(e.end, e.tail)])
		}
	})
}
