package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/vietnamese"
)

// registerLimit is the register's size in bytes beyond which it is not read:
// some ten thousand receipts.
const registerLimit = 4 << 20

// mostFindings bounds what one register, or the unknown rows of one workbook,
// can say: nobody reads more, and a hostile file holds a million rows.
const mostFindings = 200

// receipt is a row of the register.
type receipt struct {
	at      time.Time
	channel string // thư mục, email, Zalo, giấy
}

// register is the office's word on when files were received, by path in small
// letters: people copy names as Windows shows them. A file that is replaced
// under its name is registered again, so a path may have several rows; they are
// kept by time.
type register map[string][]receipt

// find gives the row of a file's bytes, those being the nth that were ever seen
// under its path, from 0. Bytes that were never registered have no row: they
// must not pass for those that were.
func (r register) find(path string, nth int) (receipt, bool) {
	rows := r[strings.ToLower(path)]
	if nth >= len(rows) {
		return receipt{}, false
	}
	return rows[nth], true
}

// registerTimes are the ways in which the office writes a time by its own
// clocks.
var registerTimes = []string{"2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02T15:04"}

// readRegister reads the table: file, received_at, channel, by; comma or
// semicolon, with or without BOM. A row that cannot be read, or that lies in the
// future, is a finding, and its file falls back to what else is known.
func readRegister(path string, data []byte, now time.Time, zone *time.Location) (register, []finding.Finding) {
	var found []finding.Finding
	bad := func(line int, format string, args ...any) {
		if len(found) == mostFindings {
			return
		}
		f := finding.New(finding.RegisterUnreadable).With("detail", fmt.Sprintf(format, args...))
		f.File, f.Row = path, line
		if line > 0 {
			f = f.With("line", strconv.Itoa(line))
		}
		found = append(found, f)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		bad(0, "not UTF-8")
		return nil, found
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	header, _, _ := bytes.Cut(data, []byte("\n"))
	if bytes.Count(header, []byte(";")) > bytes.Count(header, []byte(",")) {
		r.Comma = ';'
	}
	var columns map[string]int
	rows := register{}
	for {
		record, err := r.Read()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return rows, found
		case errors.As(err, &broken):
			bad(broken.StartLine, "%v", broken.Err)
			continue
		case err != nil:
			bad(0, "%v", err)
			return rows, found
		}
		line, _ := r.FieldPos(0)
		if columns == nil {
			columns = registerColumns(record)
			for _, name := range []string{"file", "received_at"} {
				if _, ok := columns[name]; !ok {
					bad(line, "column %s", name)
					return nil, found
				}
			}
			continue
		}
		text := func(column string) string {
			if i, ok := columns[column]; ok && i < len(record) {
				return strings.TrimSpace(vietnamese.NFC(record[i]))
			}
			return ""
		}
		file, when := text("file"), text("received_at")
		if file == "" && when == "" {
			continue
		}
		at, ok := registerTime(when, zone)
		switch {
		case file == "":
			bad(line, "file")
		case !ok:
			bad(line, "received_at: %s", when)
		case at.After(now):
			bad(line, "received_at %s > %s", when, now.In(zone).Format(registerTimes[0]))
		default:
			key := registerKey(file)
			rows[key] = append(rows[key], receipt{at: at, channel: text("channel")})
			slices.SortStableFunc(rows[key], func(a, b receipt) int { return a.at.Compare(b.at) })
		}
	}
}

func registerColumns(header []string) map[string]int {
	columns := make(map[string]int)
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := columns[name]; !twice {
			columns[name] = i
		}
	}
	return columns
}

func registerKey(file string) string {
	file = strings.ReplaceAll(file, `\`, "/")
	return strings.ToLower(strings.TrimPrefix(file, "./"))
}

func registerTime(text string, zone *time.Location) (time.Time, bool) {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, true
	}
	for _, layout := range registerTimes {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}
