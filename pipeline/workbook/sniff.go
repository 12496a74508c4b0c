package workbook

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// signatures are the first bytes of things that get sent instead of a workbook.
var signatures = []struct{ prefix, kind string }{
	{"\x89PNG\r\n\x1a\n", "image"},
	{"\xff\xd8\xff", "image"},
	{"GIF8", "image"},
	{"II*\x00", "image"},
	{"MM\x00*", "image"},
	{"{\\rtf", "rtf"},
	{"Rar!\x1a\x07", "archive"},
	{"7z\xbc\xaf\x27\x1c", "archive"},
	{"\x1f\x8b", "archive"},
	{"\x09\x00\x04\x00", "xls"}, // Excel 2 to 4 wrote the bare record stream
	{"\x09\x02\x06\x00", "xls"},
	{"\x09\x04\x06\x00", "xls"},
	{"\x09\x08\x08\x00", "xls"},
	{"\x09\x08\x10\x00", "xls"},
}

const (
	zipSignature = "PK\x03\x04"
	oleSignature = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
)

// refuseForeign says what bytes are that do not begin like a zip archive.
func refuseForeign(data []byte) *Refusal {
	kind := foreignKind(data)
	refusal := &Refusal{Code: NotAWorkbook, Kind: kind, Offset: -1, Detail: "the file is not an Excel workbook but: " + kind}
	switch kind {
	case "xls":
		refusal.Code = OldXLSFormat
		refusal.Detail = "the file has the format of Excel 97-2003"
	case "encrypted":
		refusal.Code, refusal.Kind = PasswordProtected, "xlsx"
		refusal.Detail = "the workbook is encrypted with a password"
	case "empty":
		refusal.Detail = "the file is empty"
	case "truncated":
		refusal.Code = WorkbookDamaged
		refusal.Detail = "the file begins with zeros, as a copy does that was not finished"
	}
	return refusal
}

func foreignKind(data []byte) string {
	if len(data) == 0 {
		return "empty"
	}
	head := data[:min(len(data), 4096)]
	if len(bytes.Trim(head, "\x00")) == 0 {
		return "truncated"
	}
	if bytes.HasPrefix(data, []byte(oleSignature)) {
		return oleKind(data)
	}
	if bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")) {
		return "pdf"
	}
	if len(head) >= 12 && (string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP" ||
		string(head[4:8]) == "ftyp" && strings.Contains("heic heix hevc mif1 avif", string(head[8:12]))) {
		return "image"
	}
	if len(head) >= 10 && string(head[:2]) == "BM" && le.Uint32(head[6:]) == 0 {
		return "image" // a bitmap; a table may begin with these letters too
	}
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.prefix)) {
			return s.kind
		}
	}
	return textKind(head, len(data) > len(head))
}

// oleKind looks for stream names in the directory of a compound file. Directory
// entries are 128 bytes, aligned, and begin with the name in UTF-16.
func oleKind(data []byte) string {
	streams := []struct{ name, kind string }{
		{"EncryptedPackage", "encrypted"}, {"Workbook", "xls"}, {"Book", "xls"},
		{"WordDocument", "doc"}, {"PowerPoint Document", "ppt"},
	}
	best := len(streams)
	for offset := 512; offset+128 <= len(data); offset += 128 {
		for i, s := range streams[:best] {
			if utf16NameAt(data[offset:offset+64], s.name) {
				best = i
				break
			}
		}
	}
	if best == len(streams) {
		return "ole"
	}
	return streams[best].kind
}

func utf16NameAt(field []byte, name string) bool {
	for i := range len(name) {
		if field[2*i] != name[i] || field[2*i+1] != 0 {
			return false
		}
	}
	return field[2*len(name)] == 0 && field[2*len(name)+1] == 0
}

// textKind tells the kinds of text apart; cut means that head is not the whole.
func textKind(head []byte, cut bool) string {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")):
		head = fromUTF16(head[:len(head)&^1])
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		head = head[3:]
	}
	// Old Vietnamese code pages are text too, so bytes above 0x7F prove nothing.
	for _, c := range head {
		if c < ' ' && !strings.ContainsRune("\t\n\r\f\x1a", rune(c)) {
			return "unknown"
		}
	}
	if cut || !utf8.Valid(head) {
		head = bytes.ToValidUTF8(head, []byte("?"))
	}
	text := strings.ToLower(strings.TrimSpace(string(head)))
	for _, mark := range []string{"<!doctype html", "<html", "<table", "<head", "<meta", "<body", "mime-version:"} {
		if strings.HasPrefix(text, mark) || strings.HasPrefix(text, "<?xml") && strings.Contains(text, mark) {
			return "html"
		}
	}
	if strings.HasPrefix(text, "<") {
		return "xml"
	}
	line, _, _ := strings.Cut(text, "\n")
	if strings.ContainsAny(line, ",;\t") {
		return "csv"
	}
	if text == "" {
		return "empty"
	}
	return "text"
}

// packageKind tells what kind of document a zip archive is by the names of its
// parts, which stand unpacked in its headers also when it is cut short.
func packageKind(data []byte) string {
	if opened := data[:min(len(data), 256)]; len(opened) > 38 && string(opened[30:38]) == "mimetype" {
		switch {
		case bytes.Contains(opened, []byte("opendocument.spreadsheet")):
			return "ods"
		case bytes.Contains(opened, []byte("opendocument.")):
			return "odt"
		}
	}
	for _, part := range []struct{ name, kind string }{
		{"xl/workbook.xml", "xlsx"}, {"xl/workbook.bin", "xlsb"}, {"word/document.xml", "docx"},
		{"ppt/presentation.xml", "pptx"}, {"Index/Document.iwa", "numbers"}, {"[Content_Types].xml", "xlsx"},
	} {
		if bytes.Contains(data, []byte(part.name)) {
			return part.kind
		}
	}
	return "zip"
}
