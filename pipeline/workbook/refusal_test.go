package workbook

import (
	"strings"
	"testing"
	"unicode/utf16"
)

// compound is a compound file with the given streams in its directory.
func compound(streams ...string) string {
	data := make([]byte, 512)
	copy(data, oleSignature)
	for _, name := range append([]string{"Root Entry"}, streams...) {
		entry := make([]byte, 128)
		for i, unit := range utf16.Encode([]rune(name)) {
			le.PutUint16(entry[2*i:], unit)
		}
		data = append(data, entry...)
	}
	return string(data)
}

func TestWhatItIs(t *testing.T) {
	ods := parts{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<a/>"}}
	whole := string(small("").zipped(t))
	for _, test := range []struct{ what, data, code, kind string }{
		{"nothing", "", NotAWorkbook, "empty"},
		{"spaces", " \r\n", NotAWorkbook, "empty"},
		{"zeros", strings.Repeat("\x00", 9000), WorkbookDamaged, "truncated"},
		{"Excel 97", compound("Workbook", "\x05SummaryInformation"), OldXLSFormat, "xls"},
		{"Excel 95", compound("Book"), OldXLSFormat, "xls"},
		{"Excel 4", "\x09\x04\x06\x00\x00\x00\x10\x00", OldXLSFormat, "xls"},
		{"password", compound("EncryptionInfo", "EncryptedPackage"), PasswordProtected, "xlsx"},
		{"Word 97", compound("WordDocument"), NotAWorkbook, "doc"},
		{"other compound", compound("Contents"), NotAWorkbook, "ole"},
		{"PDF", "%PDF-1.7\n%\xe2\xe3", NotAWorkbook, "pdf"},
		{"PNG", "\x89PNG\r\n\x1a\n\x00\x00", NotAWorkbook, "image"},
		{"JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF", NotAWorkbook, "image"},
		{"HEIC", "\x00\x00\x00\x18ftypheic\x00", NotAWorkbook, "image"},
		{"WEBP", "RIFF\x10\x00\x00\x00WEBPVP8 ", NotAWorkbook, "image"},
		{"bitmap", "BM\x36\x00\x00\x00\x00\x00\x00\x00\x36", NotAWorkbook, "image"},
		{"table that begins like a bitmap", "BM;Tên;Số\nBM1;a;2\n", NotAWorkbook, "csv"},
		{"semicolons", "Mã;Tên;Số\n1;a;2\n", NotAWorkbook, "csv"},
		{"commas in a code page", "M\xb7;T\xaan,S\xe8\n", NotAWorkbook, "csv"},
		{"tabs in UTF-16", "\xff\xfeM\x00\t\x00\xe3\x1e\n\x00", NotAWorkbook, "csv"},
		{"prose", "Kính gửi\n", NotAWorkbook, "text"},
		{"HTML", "\xef\xbb\xbf\n<HTML><table>", NotAWorkbook, "html"},
		{"XHTML", "<?xml version='1.0'?><!DOCTYPE html><html>", NotAWorkbook, "html"},
		{"XML spreadsheet", "<?xml version='1.0'?><Workbook/>", NotAWorkbook, "xml"},
		{"RTF", `{\rtf1`, NotAWorkbook, "rtf"},
		{"RAR", "Rar!\x1a\x07\x01\x00", NotAWorkbook, "archive"},
		{"gibberish", "\x01\x02\x03\x04", NotAWorkbook, "unknown"},
		{"ODS", string(ods.stored(t)), NotAWorkbook, "ods"},
		{"XLSB", string(parts{{"[Content_Types].xml", "<a/>"}, {"xl/workbook.bin", "x"}}.zipped(t)), NotAWorkbook, "xlsb"},
		{"DOCX", string(parts{{"[Content_Types].xml", "<a/>"}, {"word/document.xml", "x"}}.zipped(t)), NotAWorkbook, "docx"},
		{"ZIP", string(parts{{"a.txt", "x"}}.zipped(t)), NotAWorkbook, "zip"},
		{"a workbook in a ZIP", string(parts{{"a.xlsx", whole}}.stored(t)), NotAWorkbook, "zip"},
		{"cut short", whole[:len(whole)/2], WorkbookDamaged, "truncated"},
		{"only the beginning", "PK\x03\x04", WorkbookDamaged, "truncated"},
	} {
		_, err := Open([]byte(test.data), DefaultLimits())
		if err == nil {
			t.Errorf("%s: opened", test.what)
			continue
		}
		if r := asRefusal(t, err); r.Code != test.code || r.Kind != test.kind || r.Detail == "" {
			t.Errorf("%s: %s %s (%s), want %s %s", test.what, r.Code, r.Kind, r.Detail, test.code, test.kind)
		}
	}
}

// TestDamagedParts has one fault of XML or structure a line.
func TestDamagedParts(t *testing.T) {
	const sheet, book, rels, sst, styles = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml"
	base := small(`<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>`)
	in := func(rows string) parts { return base.with(sheet, sheetXML(rows)) }
	for _, test := range []struct {
		what  string
		parts parts
		says  string
		cell  string
	}{
		{"sheet cut off", base.edit(t, sheet, `<row r="2">`, `</sheetData></worksheet><row r="2">`), "second root", ""},
		{"sheet ends early", base.edit(t, sheet, `</sheetData></worksheet>`, ``), "ends too early", ""},
		{"tags crossed", in(`<row r="1"><c r="A1"><v>1</c></v></row>`), "does not match", "A1"},
		{"document type", base.edit(t, sheet, xmlHead, xmlHead+`<!DOCTYPE a [<!ENTITY b "c">]>`), "document type", ""},
		{"entity", in(`<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>`), "reference", "A1"},
		{"attribute twice", in(`<row r="1"><c r="A1" r="B1"><v>1</v></c></row>`), "twice in a tag", ""},
		{"not UTF-8", in("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\xb5</v></c></row>"), "not sound utf-8", ""},
		{"other encoding", base.edit(t, sheet, `UTF-8`, `windows-1258`), "the encoding", ""},
		{"no namespace", base.edit(t, sheet, mainSpace, ""), "root element", ""},
		{"rows out of order", in(`<row r="2"/><row r="1"/>`), "row 1 after row 2", ""},
		{"row twice", in(`<row r="2"/><row r="2"/>`), "row 2 after row 2", ""},
		{"row 0", in(`<row r="0"/>`), "row 0", ""},
		{"row of letters", in(`<row r="x"/>`), "not a whole number", ""},
		{"cells out of order", in(`<row r="1"><c r="B1"/><c r="A1"/></row>`), "cell A1 after cell B1", ""},
		{"cell twice", in(`<row r="1"><c r="B1"/><c r="B1"/></row>`), "cell B1 after cell B1", ""},
		{"cell of another row", in(`<row r="1"><c r="A2"/></row>`), `reference "A2" in row 1`, ""},
		{"cell beyond the last column", in(`<row r="1"><c r="XFE1"/></row>`), `reference "XFE1"`, ""},
		{"small letters", in(`<row r="1"><c r="a1"/></row>`), `reference "a1"`, ""},
		{"row in a row", in(`<row r="1"><row r="2"/></row>`), `element "row" in a row`, ""},
		{"row elsewhere", base.edit(t, sheet, `<sheetData>`, `<extLst><row r="1"/></extLst><sheetData>`), "outside its place", ""},
		{"second sheetData", base.edit(t, sheet, `</sheetData>`, `</sheetData><sheetData/>`), "stands twice", ""},
		{"no sheetData", base.edit(t, sheet, "sheetData", "sheetViews"), "outside its place", ""},
		{"empty worksheet", base.with(sheet, `<worksheet `+mainSpace+`/>`), "without cell data", ""},
		{"alternate content among cells", in(`<row r="1"><AlternateContent xmlns="http://schemas.openxmlformats.org/markup-compatibility/2006"/></row>`), "foreign element", ""},
		{"two values", in(`<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>`), "two formulas, values or texts", "A1"},
		{"comment in a value", in(`<row r="1"><c r="A1"><v>1<!-- -->2</v></c></row>`), "comment within a text", "A1"},
		{"element in a value", in(`<row r="1"><c r="A1"><v>1<b/>2</v></c></row>`), "within a text", "A1"},
		{"text beside a value", in(`<row r="1"><c r="A1">1<v>2</v></c></row>`), "text between elements", "A1"},
		{"words in a number cell", in(`<row r="1"><c r="A1"><v>12,5</v></c></row>`), `"12,5" in a number cell`, "A1"},
		{"unknown type", in(`<row r="1"><c r="A1" t="x"><v>1</v></c></row>`), "cell type", "A1"},
		{"shared string out of range", in(`<row r="1"><c r="B1" t="s"><v>4</v></c></row>`), `shared string "4" of 4`, "B1"},
		{"negative shared string", in(`<row r="1"><c r="B1" t="s"><v>-1</v></c></row>`), `shared string "-1"`, "B1"},
		{"shared strings missing", base.without(sst), "missing", ""},
		{"format out of range", in(`<row r="1"><c r="B1" s="4"><v>1</v></c></row>`), "the cell format 4 of 4", "B1"},
		{"boolean 2", in(`<row r="1"><c r="B1" t="b"><v>2</v></c></row>`), "boolean cell", "B1"},
		{"inline text in a number", in(`<row r="1"><c r="B1"><is><t>1</t></is></c></row>`), "inline text in a cell of type", "B1"},
		{"value instead of inline text", in(`<row r="1"><c r="B1" t="inlineStr"><v>1</v></c></row>`), "no text", "B1"},
		{"two plain texts", in(`<row r="1"><c r="B1" t="inlineStr"><is><t>1</t><t>2</t></is></c></row>`), "two plain parts", "B1"},
		{"crooked merge", base.edit(t, sheet, `</sheetData>`, `</sheetData><mergeCells><mergeCell ref="B2:A1"/></mergeCells>`), "not a range", ""},
		{"hidden maybe", in(`<row r="1" hidden="maybe"/>`), "neither true nor false", ""},
		{"sheet without part", base.without(sheet), "missing", ""},
		{"sheet without relation", base.edit(t, book, `r:id="rId1"`, `r:id="rId7"`), "no part", ""},
		{"two sheets of a name", base.edit(t, book, `</sheets>`, `<sheet name="BÁO CÁO" sheetId="2" r:id="rId1"/></sheets>`), "two sheets with the name", ""},
		{"two sheets, one part", base.edit(t, book, `</sheets>`, `<sheet name="B" sheetId="2" r:id="rId1"/></sheets>`), "share this part", ""},
		{"sheets twice", base.edit(t, book, `</sheets>`, `</sheets><sheets/>`), "stands twice", ""},
		{"name of no sheet", base.edit(t, book, `name="don_vi"`, `name="don_vi" localSheetId="1"`), "belongs to sheet 1 of 1", ""},
		{"relation id twice", base.edit(t, rels, `Id="rId2"`, `Id="rId1"`), "twice", ""},
		{"two string tables", base.edit(t, rels, `</Relationships>`, `<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="other.xml"/></Relationships>`), "two relations", ""},
		{"decoy of the strings", base.edit(t, rels, "/xl/sharedStrings.xml", "/xl/other.xml").with("xl/other.xml", `<sst `+mainSpace+`/>`), "usual name", ""},
		{"decoy of the workbook", base.edit(t, "_rels/.rels", "xl/workbook.xml", "xl/other.xml").with("xl/other.xml", `<workbook `+mainSpace+`/>`).
			edit(t, "[Content_Types].xml", "/xl/workbook.xml", "/xl/other.xml"), "usual name", ""},
		{"number format twice", base.edit(t, styles, `</numFmts>`, `<numFmt numFmtId="164" formatCode="0"/></numFmts>`), "two number formats", ""},
		{"foreign cell format", base.edit(t, styles, `<cellXfs count="4">`, `<cellXfs count="4"><alignment/>`), "where \"xf\" is expected", ""},
		{"part twice", append(base[:len(base):len(base)], part{"XL/Workbook.xml", "<a/>"}), "twice", ""},
		{"properties broken", base.with("docProps/core.xml", "<a"), "within a tag", ""},
	} {
		_, err := Open(test.parts.zipped(t), DefaultLimits())
		if err == nil {
			t.Errorf("%s: opened", test.what)
			continue
		}
		r := asRefusal(t, err)
		if r.Code != WorkbookDamaged || !strings.Contains(r.Error(), test.says) || r.Cell != test.cell {
			t.Errorf("%s: %v (cell %q), want %q (cell %q)", test.what, r, r.Cell, test.says, test.cell)
		}
	}
}

func TestBudgets(t *testing.T) {
	base := small(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"/></row>`).
		edit(t, "xl/worksheets/sheet1.xml", "</sheetData>", `</sheetData><mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="A4:B5"/></mergeCells>`).
		edit(t, "xl/workbook.xml", "</definedNames>", `<definedName name="b">1</definedName></definedNames>`)
	data := base.zipped(t)
	for limit, tighten := range map[string]func(*Limits){
		"file":          func(l *Limits) { l.File = int64(len(data)) - 1 },
		"parts":         func(l *Limits) { l.Parts = 7 },
		"part":          func(l *Limits) { l.Part = 100 },
		"total":         func(l *Limits) { l.Total = 2000 },
		"workbook":      func(l *Limits) { l.Workbook = 300 },
		"styles":        func(l *Limits) { l.Styles = 300 },
		"sharedStrings": func(l *Limits) { l.SharedStrings = 300 },
		"strings":       func(l *Limits) { l.Strings = 3 },
		"formats":       func(l *Limits) { l.Formats = 3 },
		"names":         func(l *Limits) { l.Names = 1 },
		"merges":        func(l *Limits) { l.Merges = 1 },
		"cells":         func(l *Limits) { l.Cells = 1 },
		"columns":       func(l *Limits) { l.Columns = 1 },
		"rows":          func(l *Limits) { l.Rows = 0 },
	} {
		limits := DefaultLimits()
		tighten(&limits)
		_, err := Open(data, limits)
		if err == nil {
			t.Errorf("%s: opened", limit)
			continue
		}
		if r := asRefusal(t, err); r.Code != WorkbookTooLarge || r.Limit != limit {
			t.Errorf("%s: %v (limit %q)", limit, r, r.Limit)
		}
	}
	bomb := small(strings.Repeat(" ", 4<<20)).zipped(t)
	if _, err := Open(bomb, DefaultLimits()); err == nil || asRefusal(t, err).Limit != "ratio" {
		t.Errorf("a part of blanks: %v", err)
	}
}

// TestDamagedContainer changes the archive around sound parts.
func TestDamagedContainer(t *testing.T) {
	base := small(`<row r="1"><c r="A1"><v>2099</v></c></row>`)
	stored, zipped := base.stored(t), base.zipped(t)
	local := strings.Index(string(stored), "xl/workbook.xml<?xml") - 30 // its own header
	central := strings.LastIndex(string(stored), "xl/workbook.xml") - 46
	change := func(at int, value byte) []byte {
		data := append([]byte(nil), stored...)
		data[at] = value
		return data
	}
	descriptor := strings.Index(string(zipped), "PK\x07\x08")
	otherDescriptor := append([]byte(nil), zipped...)
	otherDescriptor[descriptor+4]++
	figure := append([]byte(nil), stored...)
	figure[strings.Index(string(stored), "2099")] = '9'
	unread := base.with("xl/media/stamp.png", "a red stamp").stored(t)
	unread[strings.Index(string(unread), "a red stamp")]++
	for what, test := range map[string]struct {
		data []byte
		says string
	}{
		"a figure changed":        {figure, "checksum"},
		"a part that is not read": {unread, "xl/media/stamp.png"},
		"bytes before":            {append([]byte(zipSignature+"x"), stored...), "directory does not lie"},
		"bytes after":             {append(append([]byte(nil), stored...), 'x'), "other bytes follow"},
		"name differs":            {change(local+30, 'X'), "disagree"},
		"method differs":          {change(local+8, 8), "disagree"},
		"checksum differs":        {change(local+14, stored[local+14]+1), "disagree"},
		"size differs":            {change(local+22, stored[local+22]+1), "disagree"},
		"flags differ":            {change(local+6, 2), "disagree"},
		"directory's size":        {change(central+24, stored[central+24]+1), "disagree"},
		"directory's place":       {change(central+42, stored[central+42]+1), "overlap"},
		"descriptor differs":      {otherDescriptor, "disagree"},
		"number of entries":       {change(len(stored)-22+10, 7), "volume"},
		"directory's signature":   {change(central, 'Q'), "directory is broken"},
	} {
		_, err := Open(test.data, DefaultLimits())
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, want %q", what, err, test.says)
		}
	}
	encrypted := change(local+6, 1)
	encrypted[central+8] = 1
	if _, err := Open(encrypted, DefaultLimits()); err == nil || asRefusal(t, err).Code != PasswordProtected {
		t.Errorf("encrypted: %v", err)
	}
	method := change(local+8, 12)
	method[central+10] = 12
	if _, err := Open(method, DefaultLimits()); err == nil || !strings.Contains(err.Error(), "method 12") {
		t.Errorf("bzip2: %v", err)
	}
}

// TestWideArchive reads an archive as some Java writers make it, with 64-bit
// sizes where none are needed.
func TestWideArchive(t *testing.T) {
	stored := small(`<row r="1"><c r="A1"><v>7</v></c></row>`).stored(t)
	end := len(stored) - 22
	count, size, offset := uint64(le.Uint16(stored[end+10:])), uint64(le.Uint32(stored[end+12:])), uint64(le.Uint32(stored[end+16:]))
	wide := append([]byte(nil), stored[:end]...)
	wide = append(wide, "PK\x06\x06"...)
	wide = le.AppendUint64(wide, 44)
	wide = append(wide, 45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	for _, value := range []uint64{count, count, size, offset} {
		wide = le.AppendUint64(wide, value)
	}
	wide = append(wide, "PK\x06\x07\x00\x00\x00\x00"...)
	wide = le.AppendUint64(wide, uint64(end))
	wide = append(wide, 1, 0, 0, 0)
	wide = append(wide, stored[end:]...)
	if got := dump(mustOpen(t, wide).Sheets[0]); got != "A1 number \"7\"\n" {
		t.Error(got)
	}
	for at := end; at < end+56+20; at++ {
		changed := append([]byte(nil), wide...)
		changed[at] ^= 0x40
		if book, err := Open(changed, DefaultLimits()); err == nil && dump(book.Sheets[0]) != "A1 number \"7\"\n" {
			t.Errorf("byte %d: another figure", at)
		}
	}
}
