package reading

import "testing"

// Numbers as the workbook stores them: to their 15 digits, and doubted where
// their shape says that something else was typed.
func TestStored(t *testing.T) {
	table(t, `
		41                     | count   | 41
		0                      | count   | none
		0                      | stock   | 0
		0.0                    | money   | none
		0                      | rate    | 0
		1.2E3                  | count   | 1200
		+7                     | count   | 7
		5.                     | count   | 5
		.5                     | money   | 0.5
		-0                     | count   | none
		-3                     | count   | refused | value-out-of-range read=-3 min=0
		-3                     | change  | -3
		0.30000000000000004    | money   | 0.3
		41.000000000000007     | count   | 41
		82.909999999999997     | rate    | 82.91
		5.5511151231257827E-17 | fine    | 0
		1E-300                 | fine    | 0
		40.9999999999          | count   | refused | number-not-whole read=40.9999999999 want=41
		-4.0000000000001       | change  | refused | number-not-whole read=-4.0000000000001 want=-4
		12.5                   | count   | refused | number-not-whole read=12.5
		1.234                  | count   | refused | number-not-whole read=1.234 want=1234
		=1.234                 | count   | refused | number-not-whole read=1.234 want=1234
		12.34                  | count   | refused | number-not-whole read=12.34
		0.234                  | count   | refused | number-not-whole read=0.234
		1.234                  | money   | 1.234   | number-doubtful read=1.234 other=1234
		=1.234                 | money   | 1.234
		1.234                  | fine    | 1.234
		1.25                   | money   | 1.25
		123456789012345        | count   | 123456789012345
		1234567890123456       | count   | refused | number-unreadable
		12345678901234567890   | count   | refused | number-unreadable
		1e309                  | count   | refused | number-unreadable
		1e-999                 | count   | refused | number-unreadable
		1e99999                | count   | refused | number-unreadable
		NaN                    | count   | refused | number-unreadable
		60                     | upto 50 | refused | value-out-of-range read=60 max=50 min=0
	`)
}

// A percentage counts percents, however it was typed or shown.
func TestTyped(t *testing.T) {
	for stored, typed := range map[string]string{
		"0.69999999999999996": "0.7", "1.1000000000000001": "1.1", "82.909999999999997": "82.91", "41": "41", "41.0": "41.0", "0.10": "0.10",
		"1.5E+3": "1500", "1E-3": "0.001", "-0.30000000000000004": "-0.3", "35000": "35000", "": "", "00123": "00123", "x": "x", "2025-06-30 17:00:00": "2025-06-30 17:00:00",
		"1234567890123456": "1234567890123456", // more digits than a double keeps: left to be refused
	} {
		if got := Typed(stored); got != typed {
			t.Errorf("%q: %q, want %q", stored, got, typed)
		}
	}
}

func TestPercent(t *testing.T) {
	table(t, `
		0.9%           | rate  | 90
		0.9123%        | rate  | 91.23
		1%             | rate  | 100
		0.9            | rate  | 0.9     | percent-scale read=0.9 want=90
		1              | rate  | 1       | percent-scale read=1 want=100
		0              | rate  | 0
		90             | rate  | 90
		1.5            | rate  | 1.5
		90%            | rate  | 9000    | percent-scale read=9000 want=90
		10%            | rate  | 1000    | percent-scale read=1000 want=10
		"90"           | rate  | 90      | text-number read=90
		"90%"          | rate  | 90      | text-number read=90
		"90 %"         | rate  | 90      | text-number read=90
		"90 phần trăm" | rate  | 90      | text-number read=90
		"82,91"        | rate  | 82.91   | text-number read=82.91
		"82.91%"       | rate  | 82.91   | text-number read=82.91
		"0,9"          | rate  | 0.9     | percent-scale read=0.9 want=90
		"0,9%"         | rate  | 0.9     | text-number read=0.9
		"82,915"       | rate  | refused | number-ambiguous one=82.915 other=82915
		"3/4"          | rate  | refused | number-unreadable want=75
		0.12%          | count | refused | number-not-whole read=0.12 want=12
		0.125%         | count | refused | number-not-whole read=0.125
		12%            | count | refused | number-ambiguous one=12 other=1200
		0.5%           | money | refused | number-ambiguous one=0.5 other=50
		0%             | count | none
		"12%"          | count | refused | measure-mismatch found=%
		"12%"          | money | refused | measure-mismatch found=%
	`)
}

// What can be read in two ways is read by the type of the indicator or asked
// about.
func TestThousandsAndDecimals(t *testing.T) {
	table(t, `
		"41"               | count | 41              | text-number read=41
		"05"               | count | 5               | text-number read=5
		"007"              | count | 7               | text-number read=7
		"0912345678"       | count | refused         | number-unreadable
		"0"                | count | none            | text-number read=0
		"0"                | stock | 0               | text-number read=0
		"1.234"            | count | 1234            | text-number read=1234
		"1.234.567"        | count | 1234567         | text-number read=1234567
		"15,000"           | count | 15000           | number-doubtful read=15000 other=15
		"15,250"           | count | 15250           | number-doubtful read=15250 other=15.25
		"1,234,567"        | count | 1234567         | number-doubtful read=1234567
		"15.000"           | count | 15000           | text-number read=15000
		"1.234,5"          | count | refused         | number-not-whole read=1234.5
		"12,5"             | count | refused         | number-not-whole read=12.5
		"12,0"             | count | 12              | text-number read=12
		"12.00"            | count | 12              | text-number read=12
		"12.5"             | count | refused         | number-not-whole read=12.5
		"1.200"            | rate  | refused         | number-ambiguous one=1200 other=1.2
		"1.200"            | money | refused         | number-ambiguous one=1200 other=1.2
		"1,200"            | rate  | refused         | number-ambiguous one=1.2 other=1200
		"15,000"           | money | refused         | number-ambiguous one=15 other=15000
		"1.234,5"          | money | 1234.5          | text-number read=1234.5
		"1,234.5"          | money | 1234.5          | number-doubtful read=1234.5
		"1.234.567,89"     | money | 1234567.89      | text-number read=1234567.89
		"1,234,567.89"     | money | 1234567.89      | number-doubtful read=1234567.89
		"82,91"            | money | 82.91           | text-number read=82.91
		"82.91"            | money | 82.91           | text-number read=82.91
		"0,123"            | money | 0.123           | text-number read=0.123
		"0.123"            | money | 0.123           | text-number read=0.123
		"1234,567"         | money | 1234.567        | text-number read=1234.567
		"1234.567"         | money | 1234.567        | text-number read=1234.567
		"1.2345"           | money | 1.2345          | text-number read=1.2345
		"01.234"           | count | refused         | number-unreadable
		"0.123"            | count | refused         | number-not-whole read=0.123
		"12.34.567"        | count | refused         | number-unreadable
		"1.234.56"         | count | refused         | number-unreadable
		"1,23,456"         | count | refused         | number-unreadable
		"1.234,567.8"      | money | refused         | number-unreadable
		"1.234.567,890.1"  | money | refused         | number-unreadable
		"12."              | count | refused         | number-unreadable want=12
		"12,"              | count | refused         | number-unreadable want=12
		".5"               | money | refused         | number-unreadable
		",5"               | money | refused         | number-unreadable
		"123456789012345"  | count | 123456789012345 | text-number read=123456789012345
		"1234567890123456" | count | refused         | number-unreadable
		"1.012.025"        | count | 1012025         | text-number read=1012025
	`)
}

// Every kind of space groups thousands; two spaces, a tab and a line do not: they
// part two values.
func TestSpaces(t *testing.T) {
	table(t, `
		"15 000"          | count | 15000    | text-number read=15000
		"15\u00a0000"     | count | 15000    | text-number read=15000
		"15\u202f000"     | count | 15000    | text-number read=15000
		"15\u2009000"     | count | 15000    | text-number read=15000
		"15\u2007000"     | count | 15000    | text-number read=15000
		"15\u3000000"     | count | 15000    | text-number read=15000
		"15\u200b000"     | count | 15000    | text-number read=15000
		"1 234 567"       | count | 1234567  | text-number read=1234567
		"15 000,5"        | money | 15000.5  | text-number read=15000.5
		"15 000.5"        | money | 15000.5  | text-number read=15000.5
		"1 234,567"       | money | 1234.567 | text-number read=1234.567
		" \u00a012\u2003" | count | 12       | text-number read=12
		"12\n"            | count | 12       | text-number read=12
		"15 00"           | count | refused  | number-unreadable
		"15  000"         | count | refused  | number-unreadable
		"0 123"           | count | refused  | number-unreadable
		"15\n000"         | count | refused  | number-unreadable
		"15\t000"         | count | refused  | number-unreadable
		"3 4"             | count | refused  | number-unreadable
		"15 000 00"       | count | refused  | number-unreadable
	`)
}

// Of a text that is struck through in part, or holds raised digits, nobody can say
// from its characters alone what people read; nor of a number that shows as another.
func TestWhatPeopleReadOtherwise(t *testing.T) {
	for _, c := range []struct {
		cell      Cell
		indicator string
		figure    string
		said      string
	}{
		{Cell{Kind: Text, Raw: "1215", Struck: true}, "count", "refused", "digits-struck"},
		{Cell{Kind: Number, Raw: "12", Struck: true}, "stock", "refused", "digits-struck"},
		{Cell{Kind: Text, Raw: "không phát sinh", Struck: true}, "count", "refused", "digits-struck"},
		{Cell{Kind: Text, Raw: "hoàn thành", Struck: true}, "choice", "refused", "digits-struck"},
		{Cell{Kind: Text, Raw: "Làm tốt.", Struck: true}, "prose", `"Làm tốt."`, ""},
		{Cell{Kind: Fault, Raw: "#REF!", Struck: true}, "count", "refused", "formula-error error=#REF!"},
		{Cell{Kind: Number, Raw: "41000", Shown: "41"}, "count", "refused", "shown-otherwise shown=41"},
		{Cell{Kind: Number, Raw: "0.9", Shown: "0.0009", Percent: true}, "rate", "refused", "shown-otherwise shown=0.0009"},
	} {
		a := Read(c.cell, indicators[c.indicator], june)
		if meaningOf(a) != c.figure || said(a) != c.said {
			t.Errorf("%+v: %s, says %q", c.cell, meaningOf(a), said(a))
		}
	}
}

// What keyboards and other programs put in the place of plain digits.
func TestCharacters(t *testing.T) {
	table(t, `
		"１２"           | count | 12      | text-number read=12
		"１．２３４"     | count | 1234    | text-number read=1234
		"８２，９１％"   | rate  | 82.91   | text-number read=82.91
		"'41"            | count | 41      | text-number read=41
		"‘41"            | count | 41      | text-number read=41
		"\"41\""         | count | 41      | text-number read=41
		"“1.234”"        | count | 1234    | text-number read=1234
		"'"              | count | refused | number-unreadable
		"٤١"             | count | refused | number-unreadable
		"12²"            | count | refused | number-unreadable
		"½"              | money | refused | number-unreadable
		"\u202a41\u202c" | count | 41      | text-number read=41
		"\u202d41\u202c" | count | 41      | text-number read=41
		"4\u200b1"       | count | 41      | text-number read=41
		-- What shows as "21", "345 12" or, in some typefaces, "-5".
		"\u202e12\u202c" | count | refused | number-unreadable
		"\u202b12 345"   | count | refused | number-unreadable
		"\u200f12 345"   | count | refused | number-unreadable
		"\u206712 345"   | count | refused | number-unreadable
		"\u00ad5"        | change | refused | number-unreadable
		"1\u00ad5"       | count | refused | number-unreadable
		"41\x00"         | count | refused | number-unreadable want=41
		"41\xff"         | count | refused | number-unreadable want=41
	`)
}
