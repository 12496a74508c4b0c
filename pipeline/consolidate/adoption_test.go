package consolidate_test

import (
	"strings"
	"testing"
)

func TestCarriedStock(t *testing.T) {
	stories(t, map[string]string{
		"as far back as allowed, and missing all the same": `
carry: 2
units: id,group
  U1,A
  U2,A
  U3,B
indicators: code,nature,allow_na
  HV,stock,yes
  CB,cumulative,
reports:
  2025-03 U3 HV=7 CB=7
  2025-04 U2 HV=50 CB=5
  2025-04 U1 HV=1 CB=1
  2025-05 U2 HV=… CB=…
  2025-06 U1 HV=100 CB=1
  2025-06 U3 HV=! CB=2
want:
  HV city month = ~150 [1/3] -U2 -U3 ^U2:04
  HV U2 month = ~50 [0/1] -U2 ^U2:04
  HV U3 month = ~refused:refused [0/1] -U3
  HV A month = ~150 [1/2] -U2 ^U2:04
  HV city ytd = ~150 [1/3] -U2 -U3 ^U2:04
  CB city month = ~3 [2/3] -U2`,
		"not at all by default": `
units: id
  U1
indicators: code,nature
  HV,stock
reports:
  2025-05 U1 HV=50
  2025-06 U1 HV=…
want:
  HV city month = ~not_available:not_available [0/1] -U1`,
		"only what is owed": `
carry: 3
units: id
  U1
  U2
indicators: code,nature,allow_na,required,due
  NA,stock,yes,yes,
  TUY,stock,,no,
  QUY,stock,,yes,2|5
reports:
  2025-05 U1 NA=1 TUY=1 QUY=1
  2025-06 U1 NA=x TUY= QUY=
want:
  NA U1 month = not_applicable:not_applicable [0/0]
  TUY U1 month = blank:blank [0/0]
  QUY city month = blank:not_due [0/0]`,
		"under a rate": `
carry: 1
units: id
  U1
  U2
indicators: code,nature,type,formula
  KN,flow
  HV,stock
  TL,,percent,100 * KN / HV
reports:
  2025-05 U1 KN=1 HV=40
  2025-05 U2 KN=1 HV=60
  2025-06 U1 KN=2
  2025-06 U2 KN=3 HV=60
want:
  TL city month = ~5 (5/100) [1/2] -U1 ^U1:05
  TL city qtd = ~7 (7/100) [2/4 um] -U1:05,06 ^U1:05 ?04`,
		"not across a merger": `
carry: 3
units: id,valid_to
  U1,
  U2,2025-05-20
successions: from,to,date
  U2,U1,2025-05-21
indicators: code,nature
  HV,stock
reports:
  2025-05 U1 HV=40
  2025-05 U2 HV=60
want:
  HV city month = ~blank:not_received [0/1] -U1`,
	})
}

func TestAdoption(t *testing.T) {
	stray := `
units: id
  U1
  U2
  U3
  U4
  U5
indicators: code
  LD
reports:
  2025-02 U1 LD=1000
  2025-04 U1 LD=1
  2025-04 U2 LD=1
  2025-05 U1 LD=1
  2025-06 U1 LD=1
  2025-06 U2 LD=1
`
	stories(t, map[string]string{
		"one early file does not make a month missing": stray + `
want:
  LD city ytd = ~5 [5/15 um] -U2:05 -U3:04,05,06 -U4:04,05,06 -U5:04,05,06 ?01,02,03
  LD U1 ytd = ~3 [3/3 um] ?01,02,03`,
		"a run for its own month has it": stray + `
period: 2025-02
want:
  LD city month = ~1000 [1/5] -U2 -U3 -U4 -U5`,
		"the office says when": stray + `
adopted: 2025-02
want:
  LD city ytd = ~1005 [6/25 um] -U1:03 -U2:02,03,05 -U3:02,03,04,05,06 -U4:02,03,04,05,06 -U5:02,03,04,05,06 ?01`,
		"the office says later": stray + `
adopted: 2025-06
want:
  LD city ytd = ~2 [2/5 um] -U3:06 -U4:06 -U5:06 ?01,02,03,04,05`,
		"a period before the office's month goes by its reports": stray + `
adopted: 2025-06
period: 2025-04
want:
  LD city month = ~2 [2/5] -U3 -U4 -U5`,
		"few reports are still reports": `
units: id
  U1
  U2
  U3
  U4
  U5
indicators: code
  LD
reports:
  2025-05 U1 LD=1
  2025-06 U1 LD=1
want:
  LD city qtd = ~2 [2/10 um] -U2:05,06 -U3:05,06 -U4:05,06 -U5:05,06 ?04`,
	})
	city := tell(t, stray)
	if got := dumpAll(city); city.Began.String() != "2025-04" || !strings.Contains(got, "before-adoption") || !strings.Contains(got, "2025-02/U1.xlsx") {
		t.Errorf("began %s; the early file is not told:\n%s", city.Began, got)
	}
	if got := dumpAll(tell(t, stray+"adopted: 2025-02")); strings.Contains(got, "before-adoption") {
		t.Errorf("told of a file that counts:\n%s", got)
	}
}

func TestRulesOfTheCityLookBack(t *testing.T) {
	story := `
units: id
  U1
  U2
indicators: code
  LD
rules: id,severity,expression,message_vi,scope
  TANG,warning,LD >= prev(LD),x,city
  NAM,warning,LD >= last_year(LD),x,city
reports:
`
	for name, test := range map[string]struct {
		reports string
		broken  string
	}{
		"a fall since last month": {`
  2025-05 U1 LD=5
  2025-05 U2 LD=5
  2025-06 U1 LD=5
  2025-06 U2 LD=4`, "TANG"},
		"a rise since last month, a fall since last year": {`
  2024-06 U1 LD=15
  2024-06 U2 LD=15
  2025-05 U1 LD=1
  2025-05 U2 LD=1
  2025-06 U1 LD=5
  2025-06 U2 LD=4`, "NAM"},
		"who is missing makes no fall": {`
  2025-05 U1 LD=5
  2025-05 U2 LD=5
  2025-06 U1 LD=5`, ""},
		"the month before the first is not 0": {`
  2025-06 U1 LD=-
  2025-06 U2 LD=-`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			broken := ""
			for _, f := range tell(t, story+test.reports).Findings {
				broken += f.Args["rule"]
			}
			if broken != test.broken {
				t.Errorf("broken: %q, want %q", broken, test.broken)
			}
		})
	}
}
