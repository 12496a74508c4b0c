package workbook

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"
)

// archive is a zip archive in which every byte is accounted for: the entries lie
// end to end from the first byte of the file to the directory, the directory to
// the end record, and that to the last byte. So a reader that walks from the
// front and one that starts from the directory see the same parts, and nothing
// can be prepended, appended, overlapped or slipped between.
type archive struct {
	*workspace
	limits  Limits
	entries []*entry // in the directory's order
	byKey   map[string]*entry
}

// entry is one member of the archive.
type entry struct {
	name     string
	flags    uint16
	method   uint16
	crc      uint32
	packed   []byte // the member's bytes as stored
	size     int64  // inflated
	offset   int64  // of the local header
	length   int64  // of packed
	verified bool   // size and checksum were found right
}

const (
	methodStored  = 0
	methodDeflate = 8

	flagEncrypted  = 1 << 0
	flagDescriptor = 1 << 3
	// Deflate's level (bits 1, 2), the descriptor and UTF-8 names (bit 11) are
	// all that workbooks use; other bits change how the data must be read.
	flagsKnown = 1<<1 | 1<<2 | flagDescriptor | 1<<11
)

var le = binary.LittleEndian

// openArchive reads both directories. The refusals it gives are "workbook-damaged",
// "workbook-too-large" and "password-protected".
func openArchive(data []byte, limits Limits) (*archive, error) {
	end, err := findDirectory(data)
	if err != nil {
		return nil, err
	}
	if end.count > int64(limits.Parts) {
		return nil, tooLarge("parts", "", "the archive has %d parts, more than %d", end.count, limits.Parts)
	}
	a := &archive{limits: limits, byKey: make(map[string]*entry, end.count)}
	rest := data[end.offset : end.offset+end.size]
	at := end.offset
	for range end.count {
		e, used, err := readDirectoryEntry(rest, at)
		if err != nil {
			return nil, err
		}
		rest, at = rest[used:], at+int64(used)
		a.entries = append(a.entries, e)
	}
	if len(rest) != 0 {
		return nil, damaged("", at, "%d bytes follow the last entry of the archive's directory", len(rest))
	}
	if err := a.matchLocalHeaders(data, end.offset); err != nil {
		return nil, err
	}
	return a, a.admit()
}

// directory is where the central directory lies.
type directory struct{ count, offset, size int64 }

const (
	endLength      = 22
	end64Length    = 56
	locator64Bytes = 20
)

func findDirectory(data []byte) (directory, error) {
	truncated := damaged("", int64(len(data)), "the archive's end record is missing: the file was cut short")
	truncated.Kind = "truncated"
	at := -1
	for i := len(data) - endLength; i >= max(0, len(data)-endLength-0xffff); i-- {
		if string(data[i:i+4]) == "PK\x05\x06" && i+endLength+int(le.Uint16(data[i+20:])) == len(data) {
			at = i
			break
		}
	}
	if at < 0 {
		if bytes.Contains(data, []byte("PK\x05\x06")) {
			return directory{}, damaged("", int64(bytes.LastIndex(data, []byte("PK\x05\x06"))), "other bytes follow the end of the archive")
		}
		return directory{}, truncated
	}
	record := data[at:]
	if le.Uint16(record[4:]) != 0 || le.Uint16(record[6:]) != 0 || le.Uint16(record[8:]) != le.Uint16(record[10:]) {
		return directory{}, damaged("", int64(at), "the archive is one volume of several")
	}
	dir := directory{
		count:  int64(le.Uint16(record[10:])),
		size:   int64(le.Uint32(record[12:])),
		offset: int64(le.Uint32(record[16:])),
	}
	stop := int64(at)
	if at >= end64Length+locator64Bytes && string(data[at-locator64Bytes:at-locator64Bytes+4]) == "PK\x06\x07" {
		stop = int64(at - locator64Bytes - end64Length)
		if err := dir.widen(data[stop:at], stop); err != nil {
			return directory{}, err
		}
	}
	if dir.offset < 0 || dir.size < 0 || dir.count < 0 || dir.offset > stop || dir.offset+dir.size != stop {
		return directory{}, damaged("", int64(at), "the archive's directory does not lie where its end record says")
	}
	return dir, nil
}

// widen takes the 64-bit end record in, which some writers always add. Where the
// narrow record holds a value it must be the same.
func (d *directory) widen(record []byte, at int64) error {
	locator := record[end64Length:]
	count, size, offset := int64(le.Uint64(record[32:])), int64(le.Uint64(record[40:])), int64(le.Uint64(record[48:]))
	fits := func(narrow, wide, full int64) bool { return narrow == wide || narrow == full }
	if string(record[:4]) != "PK\x06\x06" || le.Uint64(record[4:]) != end64Length-12 ||
		le.Uint32(record[16:]) != 0 || le.Uint32(record[20:]) != 0 || int64(le.Uint64(record[24:])) != count ||
		le.Uint32(locator[4:]) != 0 || int64(le.Uint64(locator[8:])) != at || le.Uint32(locator[16:]) > 1 ||
		!fits(d.count, count, 0xffff) || !fits(d.size, size, 0xffffffff) || !fits(d.offset, offset, 0xffffffff) {
		return damaged("", at, "the two end records of the archive disagree")
	}
	*d = directory{count: count, size: size, offset: offset}
	return nil
}

func readDirectoryEntry(b []byte, at int64) (*entry, int, error) {
	const fixed = 46
	if len(b) < fixed || string(b[:4]) != "PK\x01\x02" {
		return nil, 0, damaged("", at, "the archive's directory is broken")
	}
	nameLength, extraLength := int(le.Uint16(b[28:])), int(le.Uint16(b[30:]))
	total := fixed + nameLength + extraLength + int(le.Uint16(b[32:]))
	if len(b) < total {
		return nil, 0, damaged("", at, "the archive's directory is broken")
	}
	if le.Uint16(b[34:]) != 0 {
		return nil, 0, damaged("", at, "the archive is one volume of several")
	}
	e := &entry{
		name:   string(b[fixed : fixed+nameLength]),
		flags:  le.Uint16(b[8:]),
		method: le.Uint16(b[10:]),
		crc:    le.Uint32(b[16:]),
		length: int64(le.Uint32(b[20:])),
		size:   int64(le.Uint32(b[24:])),
		offset: int64(le.Uint32(b[42:])),
	}
	if !widenFields(b[fixed+nameLength:fixed+nameLength+extraLength], &e.size, &e.length, &e.offset) {
		return nil, 0, damaged(e.name, -1, "the archive's directory gives a size or place that cannot be")
	}
	return e, total, nil
}

// widenFields replaces the fields that are all ones by their 64-bit values in
// the extra field 0x0001, which holds just those, in this order.
func widenFields(extra []byte, fields ...*int64) bool {
	var wide []byte
	for len(extra) >= 4 {
		length := int(le.Uint16(extra[2:]))
		if length > len(extra)-4 {
			break
		}
		if le.Uint16(extra) == 1 {
			wide = extra[4 : 4+length]
			break
		}
		extra = extra[4+length:]
	}
	for _, field := range fields {
		if *field != 0xffffffff {
			continue
		}
		if len(wide) < 8 {
			return false
		}
		*field, wide = int64(le.Uint64(wide)), wide[8:]
		if *field < 0 {
			return false
		}
	}
	return true
}

// matchLocalHeaders walks the entries from the front of the file and asks that
// each begins where the one before ends and says the same as the directory.
func (a *archive) matchLocalHeaders(data []byte, stop int64) error {
	byPlace := slices.Clone(a.entries)
	slices.SortStableFunc(byPlace, func(x, y *entry) int { return cmp.Compare(x.offset, y.offset) })
	at := int64(0)
	for _, e := range byPlace {
		if e.offset != at {
			return damaged(e.name, -1, "the part begins at byte %d of the file, where %d was expected: parts overlap or something lies between them", e.offset, at)
		}
		used, err := e.matchLocalHeader(data[at:stop])
		if err != nil {
			return err
		}
		at += used
	}
	if at != stop {
		return damaged("", at, "something lies between the last part and the directory")
	}
	return nil
}

func (e *entry) matchLocalHeader(b []byte) (used int64, err error) {
	const fixed = 30
	if len(b) < fixed || string(b[:4]) != zipSignature {
		return 0, damaged(e.name, -1, "the part's own header is missing")
	}
	nameLength, extraLength := int(le.Uint16(b[26:])), int(le.Uint16(b[28:]))
	start := int64(fixed + nameLength + extraLength)
	if start > int64(len(b)) || e.length > int64(len(b))-start {
		return 0, damaged(e.name, -1, "the part is longer than the file")
	}
	crc, length, size := le.Uint32(b[14:]), int64(le.Uint32(b[18:])), int64(le.Uint32(b[22:]))
	ok := widenFields(b[fixed+nameLength:start], &size, &length)
	agree := ok && string(b[fixed:fixed+nameLength]) == e.name &&
		le.Uint16(b[6:]) == e.flags && le.Uint16(b[8:]) == e.method
	e.packed = b[start : start+e.length]
	used = start + e.length
	if e.flags&flagDescriptor == 0 {
		agree = agree && crc == e.crc && length == e.length && size == e.size
	} else {
		// The values follow the data; in the header they are zero or the same.
		agree = agree && (crc == 0 || crc == e.crc) && (length == 0 || length == e.length) && (size == 0 || size == e.size)
		n := e.descriptorLength(b[used:])
		agree = agree && n > 0
		used += n
	}
	if !agree {
		return 0, damaged(e.name, -1, "the archive's directory and the part's own header disagree")
	}
	return used, nil
}

// descriptorLength is the length of the data descriptor at the head of b, 0 if
// it does not say what the directory says. Its signature is optional and its
// sizes have 4 or 8 bytes; what follows must be the next header, which tells.
func (e *entry) descriptorLength(b []byte) int64 {
	narrow := le.AppendUint32(le.AppendUint32(le.AppendUint32(nil, e.crc), uint32(e.length)), uint32(e.size))
	wide := le.AppendUint64(le.AppendUint64(le.AppendUint32(nil, e.crc), uint64(e.length)), uint64(e.size))
	for _, body := range [][]byte{wide, narrow} {
		for _, signature := range []string{"PK\x07\x08", ""} {
			want := signature + string(body)
			if bytes.HasPrefix(b, []byte(want)) && (len(b) == len(want) || b[len(want)] == 'P') {
				return int64(len(want))
			}
		}
	}
	return 0
}

// admit checks each entry against the budgets and the rules for part names.
func (a *archive) admit() error {
	total := int64(0)
	for _, e := range a.entries {
		switch {
		case e.flags&flagEncrypted != 0:
			return &Refusal{Code: PasswordProtected, Kind: "xlsx", Part: e.name, Offset: -1, Detail: "the part is encrypted"}
		case e.flags&^flagsKnown != 0 || e.method != methodStored && e.method != methodDeflate:
			return damaged(e.name, -1, "the part is packed in a way that workbooks do not use (method %d, flags %#x)", e.method, e.flags)
		case e.method == methodStored && e.size != e.length:
			return damaged(e.name, -1, "the part is stored with two different sizes")
		case e.name == "" || !utf8.ValidString(e.name) || strings.ContainsRune(e.name, 0):
			return damaged("", e.offset, "a part has a name that cannot be")
		}
		if total += e.size; total > a.limits.Total {
			return tooLarge("total", e.name, "the parts have more than %d bytes inflated", a.limits.Total)
		}
		key := partKey(e.name)
		if a.byKey[key] != nil {
			return damaged(e.name, -1, "the archive holds this part twice")
		}
		a.byKey[key] = e
	}
	return nil
}

// partKey is what two names of the same part have in common: names do not tell
// case apart, and some writers use backslashes or a leading slash.
func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, "\\", "/"), "/"))
}
