// Package decision owns what the office decides by hand: a corrected value, a
// paper report, a version chosen, a deadline moved. Decisions are rows of a
// table that the office keeps in Excel, or the same rows given by command. A
// row once taken in is in force as it was taken in, until a later row withdraws
// it. What a decision does to figures is package validate's.
package decision

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

// Kind is what is decided.
type Kind string

// The kinds, with the words that the office types.
const (
	Correction  Kind = "correction"  // đính chính
	Paper       Kind = "paper"       // nhập hộ báo cáo giấy
	Explanation Kind = "explanation" // giải trình
	Choose      Kind = "choose"      // chọn bản
	Discard     Kind = "discard"     // loại tệp
	Extend      Kind = "extend"      // gia hạn
	Close       Kind = "close"       // đóng thiếu
	Withdraw    Kind = "withdraw"    // rút quyết định
	SignOff     Kind = "sign_off"    // chốt kỳ
	Reopen      Kind = "reopen"      // mở lại
)

// Kinds lists those that can be decided, in the order in which they are told.
var Kinds = []Kind{Correction, Paper, Explanation, Choose, Discard, Extend, Close, Withdraw, SignOff, Reopen}

// AboutReports reports whether a kind is about published reports: what units
// said stays as it is.
func (k Kind) AboutReports() bool { return k == SignOff || k == Reopen }

var kindWords = map[Kind]string{
	Correction: "đính chính", Paper: "nhập hộ báo cáo giấy", Explanation: "giải trình", Choose: "chọn bản",
	Discard: "loại tệp", Extend: "gia hạn", Close: "đóng thiếu", Withdraw: "rút quyết định",
	SignOff: "chốt kỳ", Reopen: "mở lại",
}

// Vietnamese is the word that the office types.
func (k Kind) Vietnamese() string { return kindWords[k] }

// Amount is a value as it was typed. Figure and Words are what Raw means for
// the decision's indicator; the zero ones until somebody who knows the number
// grammar has filled them in.
type Amount struct {
	Raw    string
	Figure figure.Figure
	Words  string // of an indicator answered in words
}

// Given reports whether anything was typed.
func (a Amount) Given() bool { return a.Raw != "" }

// Place is where a decision was typed.
type Place struct {
	File  string // relative to inputs, slash-separated, NFC; empty for a command
	Sheet string // empty for a CSV
	Row   int    // line of the CSV or row of the sheet, from 1
	Col   int    // 0 where the whole row is meant
}

// Decision is one row.
type Decision struct {
	ID     string
	Date   period.Date
	By     string
	Kind   Kind
	Period period.Month // zero only for Withdraw and Discard
	Unit   string       // id; empty only for Withdraw and Discard
	// Indicator is a code; of Correction and Paper, and of an Explanation that
	// is about one.
	Indicator string
	File      string // of Choose and Discard: a path, or the beginning of a sha256
	Old, New  Amount
	Basis     string
	Confirmed bool // by a document: "đã có"; false is "chờ"
	Place     Place
	// Received is when the row first reached the office's folder.
	Received time.Time
	// Seen is when it was taken in, whenever its table was saved.
	Seen time.Time

	// Until is the new deadline of Extend: a day, and the hour where one was
	// given; Hour is -1 where the usual one holds.
	Until        period.Date
	Hour, Minute int
	// Code is the finding that an Explanation explains; empty is every warning
	// about the indicator.
	Code string
	// Withdraws is the id of the decision that Withdraw takes back.
	Withdraws string
	// Span is the period whose report SignOff closes or Reopen opens; Period is
	// then its last month. Revision is the one to be signed, 0 for the newest.
	Span      period.Span
	Revision  int
	Signature Signature
	// Canonical is the row as a line of CSV: what must not change.
	Canonical string
}

// Signature is what a signed report carries at its foot and in its head.
type Signature struct {
	Decision string `json:"decision"` // id of the decision by which it was signed
	Signer   string `json:"signer"`
	// Authority is the line above the title: "TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH". Of
	// a decision it is empty for that of the settings, and OwnRight for none; of a
	// signed report it is empty for none.
	Authority string      `json:"authority,omitempty"`
	Title     string      `json:"title"`
	Number    string      `json:"number"` // of the document: "05/BC-BTV"; of a decision also "05"
	Dated     period.Date `json:"dated"`
	// PreparedBy and CheckedBy are who drew the figures up and who checked them.
	PreparedBy string `json:"prepared_by,omitempty"`
	CheckedBy  string `json:"checked_by,omitempty"`
}

// OwnRight is the authority of who signs in their own right.
const OwnRight = "-"

// Compare orders decisions by when they were made, then by id: of two about the
// same value the later one holds.
func Compare(a, b Decision) int {
	return cmp.Or(a.Date.Compare(b.Date), compareIDs(a.ID, b.ID), cmp.Compare(a.Canonical, b.Canonical))
}

// compareIDs orders QD-9 before QD-10.
func compareIDs(a, b string) int {
	x, y := pieces(a), pieces(b)
	for i := range min(len(x), len(y)) {
		p, q := x[i], y[i]
		if number(p) && number(q) {
			p, q = strings.TrimLeft(p, "0"), strings.TrimLeft(q, "0")
			if c := cmp.Or(cmp.Compare(len(p), len(q)), cmp.Compare(p, q)); c != 0 {
				return c
			}
			continue
		}
		if c := cmp.Compare(p, q); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

func number(s string) bool { return s[0] >= '0' && s[0] <= '9' }

// pieces cuts an id where digits begin or end.
func pieces(id string) []string {
	var all []string
	was := false
	for i, r := range id {
		is := unicode.IsDigit(r) && r < unicode.MaxASCII
		if i == 0 || is != was {
			all = append(all, "")
		}
		all[len(all)-1] += string(r)
		was = is
	}
	return all
}

// Reason is the decision as the reason for something: its id and basis.
func (d Decision) Reason() string { return d.ID + ": " + d.Basis }

// Names reports whether this decision names the file: by its path among the
// inputs, in either kind of slash, or by at least the first eight digits of
// its sha256.
func (d Decision) Names(path, sha256 string) bool {
	if d.File == "" {
		return false
	}
	const digits = 8
	if typed := strings.ToLower(d.File); len(typed) >= digits && sha256 != "" && strings.HasPrefix(sha256, typed) {
		return true
	}
	return strings.EqualFold(cleanPath(d.File), path)
}

func cleanPath(typed string) string {
	typed = strings.ReplaceAll(typed, `\`, "/")
	return strings.TrimPrefix(strings.TrimPrefix(typed, "./"), "inputs/")
}

// InForce returns the decisions that stand, in order: those not withdrawn by a
// later one. A withdrawal that is itself withdrawn withdraws nothing. Lost are
// the withdrawals of an id that no earlier decision has.
func InForce(all []Decision) (standing, lost []Decision) {
	all = slices.Clone(all)
	slices.SortFunc(all, Compare)
	at := map[string]int{}
	for i, d := range all {
		at[d.ID] = i
	}
	withdrawn := make([]bool, len(all))
	for i, d := range slices.Backward(all) {
		if d.Kind != Withdraw || withdrawn[i] {
			continue
		}
		if target, ok := at[d.Withdraws]; ok && target < i {
			withdrawn[target] = true
		} else {
			lost = append(lost, d)
		}
	}
	for i, d := range all {
		if !withdrawn[i] && d.Kind != Withdraw {
			standing = append(standing, d)
		}
	}
	slices.Reverse(lost)
	return standing, lost
}
