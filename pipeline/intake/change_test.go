package intake

import (
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
)

// changing has a district that ended on 30/6/2025, the ward that has its name,
// and a code that came back.
func changing(t *testing.T) *catalogue.Catalogue {
	t.Helper()
	return load(t, map[string]string{
		"units": `id,code,kind,name,aliases,valid_from,valid_to
HN-001,001,quận,Ba Đình,Hội LHPN quận Ba Đình,,2025-06-30
HN-00004,00004,phường,Ba Đình,Hội LHPN phường Ba Đình,2025-07-01,
HN-00352,00352,phường,Phương Liệt,Hội LHPN phường Phương Liệt,2025-07-01,
OLD-91,00091,xã,Cũ,,,2025-06-30
HN-00091,00091,phường,Phú Thượng,,2025-07-01,
HN-020,020,huyện,Thanh Trì,,,
`,
		"successions": "from,to,date,kind\nHN-001,HN-00004,2025-07-01,split\n",
		"programmes":  definitions["programmes"], "forms": definitions["forms"], "indicators": asked,
	})
}

// Names and codes are used again. The period tells which unit is meant; in the
// month of the change a bare name is asked about.
func TestUnitsByNameAndCodeAcrossAChange(t *testing.T) {
	for _, c := range []struct {
		month, unit string
		want        string // the unit, or what is said of it
	}{
		{"6/2025", "Đơn vị: | Ba Đình", "HN-001"},
		{"7/2025", "Đơn vị: | Ba Đình", "unit-ambiguous B2 Ba Đình candidates=Quận Ba Đình|Phường Ba Đình"},
		{"8/2025", "Đơn vị: | Ba Đình", "HN-00004"},
		{"7/2025", "Đơn vị: | Quận Ba Đình", "HN-001"},
		{"7/2025", "Đơn vị: | P. Ba Đình", "HN-00004"},
		{"7/2025", "HỘI LHPN PHƯỜNG BA ĐÌNH", "HN-00004"},
		{"7/2025", "HỘI LHPN BA ĐÌNH", "unit-ambiguous A2 HỘI LHPN BA ĐÌNH candidates=Quận Ba Đình|Phường Ba Đình"},
		{"6/2025", "Đơn vị: | Phường Ba Đình", "unit-unknown B2 Phường Ba Đình suggestion=Quận Ba Đình"},
		{"8/2025", "Đơn vị: | Quận Ba Đình", "unit-unknown B2 Quận Ba Đình suggestion=Phường Ba Đình"},
		{"8/2025", "Hội LHPN Phương Liệt", "HN-00352"}, // no ward Liệt
		{"7/2025", "Mã đơn vị: | '001", "HN-001"},
		{"7/2025", "Mã đơn vị: | '00004", "HN-00004"},
		{"7/2025", "Đơn vị: | '00004", "HN-00004"},
		{"7/2025", "Mã đơn vị: | 4", "unit-unknown B2 4"}, // the zeros are gone, and with them which it is
		{"6/2025", "Mã đơn vị: | '00091", "OLD-91"},
		{"7/2025", "Mã đơn vị: | '00091", "unit-ambiguous B2 00091 candidates=Xã Cũ|Phường Phú Thượng"},
		{"8/2025", "Mã đơn vị: | '00091", "HN-00091"},
		{"8/2025", "Mã đơn vị: | '001", "unit-not-expected B2 001 ended=2025-06-30"},
		{"8/2025", "Mã đơn vị: | HN-001", "unit-not-expected B2 HN-001 ended=2025-06-30"},
		{"6/2025", "Mã đơn vị: | '00004", "unit-not-expected B2 00004"},
		{"6/2025", "Mã đơn vị: | '00004\nĐơn vị: | Quận Ba Đình", "unit-not-expected B2 00004; unit-contradicted B3 Quận Ba Đình inside=HN-00004 title=HN-001"},
	} {
		r := offered(t, changing(t), "bao-cao.xlsx", "Kỳ báo cáo: | Tháng "+c.month+"\n"+c.unit+little)
		got := r.File.Unit
		if r.Submission == nil {
			got = strings.Join(slices.DeleteFunc(said(r), func(s string) bool { return !strings.HasPrefix(s, "unit-") }), "; ")
		}
		if got != c.want {
			t.Errorf("%s, %s: %s, want %s", c.month, c.unit, got, c.want)
		}
	}
}

// Days within the month are those of a unit that began or ended there; of any
// other they are asked about.
func TestDaysOfAUnitThatBeganOrEndedInTheMonth(t *testing.T) {
	for _, c := range []struct {
		head, want string
		said       string
	}{
		{"Kỳ báo cáo: | 2025-07\nĐơn vị: | Quận Ba Đình\nPhần kỳ từ 15/6/2025 đến 30/6/2025", "HN-001 2025-07 LD=41", ""},
		{"BÁO CÁO THÁNG 7/2025 (từ 15/6/2025 đến 30/6/2025)\nĐơn vị: | Quận Ba Đình", "HN-001 2025-07 LD=41", ""},
		{"BÁO CÁO THÁNG 7/2025 (từ 1/7 đến 14/7/2025)\nĐơn vị: | Phường Ba Đình", "HN-00004 2025-07 LD=41", ""},
		{"BÁO CÁO THÁNG 7/2025 (từ 1/7 đến 14/7/2025)\nĐơn vị: | Huyện Thanh Trì", "unusable", "period-ambiguous"},
		{"BÁO CÁO THÁNG 7/2025 (từ 1/7 đến 14/7/2025)\nĐơn vị: | Quận Ba Đình", "unusable", "period-ambiguous"},
		{"Kỳ báo cáo: | 2025-07\nĐơn vị: | Huyện Thanh Trì\nPhần kỳ từ 15/6/2025 đến 30/6/2025", "HN-020 2025-07 LD=41", "period-ambiguous"},
		{"BÁO CÁO THÁNG 8/2025 (từ 1/7 đến 14/7/2025)\nĐơn vị: | Phường Ba Đình", "unusable", "period-ambiguous"},
	} {
		r := offered(t, changing(t), "bao-cao.xlsx", c.head+little)
		if got := known(r); got != c.want {
			t.Errorf("%q: %s, want %s", c.head, got, c.want)
		}
		if got := strings.Join(said(r), " "); strings.Contains(got, "period-") != (c.said != "") || !strings.Contains(got, c.said) {
			t.Errorf("%q says %s, want %q", c.head, got, c.said)
		}
	}
}

// A report of what the district did, or a ward's for what it does not owe: the
// bridge says whose July is.
func TestTheBridgeDecidesWhoReports(t *testing.T) {
	const july = "Kỳ báo cáo: | Tháng 7/2025\nĐơn vị: | Quận Ba Đình" + little
	for bridge, want := range map[catalogue.Bridge]string{
		catalogue.BridgeClosing: "HN-001 2025-07 LD=41", catalogue.BridgeSuccessor: "held", catalogue.BridgeNone: "held",
	} {
		r := offered(t, changing(t).Bridged(bridge), "bao-cao.xlsx", july)
		if got := known(r); got != want {
			t.Errorf("%s: %s, want %s", bridge, got, want)
		}
		if want == "held" && !slices.Contains(said(r), "unit-not-expected B2 Quận Ba Đình ended=2025-06-30") {
			t.Errorf("%s: said %q", bridge, said(r))
		}
		late := strings.Replace(july, "Tháng 7", "Tháng 6", 1) // it was there then
		if got := known(offered(t, changing(t).Bridged(bridge), "bao-cao.xlsx", late)); got != "HN-001 2025-06 LD=41" {
			t.Errorf("%s: a late report of June is %s", bridge, got)
		}
	}
}
