package catalogue_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tonghop/pipeline/catalogue"
)

// small is a whole catalogue in a few lines. Tests change one table of it.
var small = map[string]string{
	"units": `id,code,kind,name,group,email,valid_from,valid_to
U-1,001,quận,Một,Cụm 1,a@b.vn,,
U-2,002,huyện,Hai,,,,2025-06-30
U-3,003,xã,Ba,,,2025-07-01,
CITY,,thành phố,Cơ quan,,,,
`,
	"programmes": "code,name_vi\nP1,Chương trình một\n",
	"indicators": `code,programme,kind,name_vi,type,choices,nature,across,reaches,compute_at,formula,min,max,part_of,asked_of,due,compare,decimals,aliases,valid_from,valid_to
A,P1,input,Tổng,whole,,flow,sum,,,,0,,,,,,,,,
B,P1,input,Phần,whole,,flow,sum,,,,0,,A,,,,,OLD|P.01,,
S,P1,input,Tồn,whole,,stock,sum,,,,,,,,12,,,,,
R,P1,derived,Tỷ lệ,percent,,,,,,100 * B / A,,,,,,rate,2,,,
T,P1,text,Lời,text,,,,,,,,,,,,,,,,
`,
	"targets":     "indicator,unit,horizon,from,to,comparator,value,pace,path,headline,since\nA,,year,2025-01,2025-12,>=,1200,linear,,yes,\n",
	"rules":       "id,severity,expression,refuses,message_vi\nr1,error,B <= A,,Phần lớn hơn tổng\n",
	"calendar":    "date,kind,note\n2025-01-01,nghỉ,Tết Dương lịch\n",
	"successions": "from,to,date,kind,share\nU-2,U-3,2025-07-01,merged,\n",
	"openings":    "indicator,unit,span,through,value,source\nA,,year,2025-03,300,BC 1\n",
	"forms":       "version,title_vi,valid_from,valid_to\nF1,Mẫu,,\n",
}

// withTable returns the small catalogue with one table replaced.
func withTable(name, text string) fstest.MapFS {
	folder := fstest.MapFS{}
	for table, text := range small {
		folder[table+".csv"] = &fstest.MapFile{Data: []byte(text)}
	}
	if name != "" {
		folder[name+".csv"] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

// row returns the small table with one row added.
func row(table, text string) fstest.MapFS { return withTable(table, small[table]+text+"\n") }

func load(folder fstest.MapFS) (*catalogue.Catalogue, []catalogue.Problem) {
	return catalogue.Load(catalogue.FromFolder(folder, "small"))
}

func TestSmallCatalogueLoads(t *testing.T) {
	if _, problems := load(withTable("", "")); len(problems) > 0 {
		t.Fatal(problems)
	}
}

// TestEachProblem gives each fault its place, column and reason.
func TestEachProblem(t *testing.T) {
	for name, c := range map[string]struct {
		folder        fstest.MapFS
		where, column string
		says, want    string
	}{
		"column misspelt":     {withTable("programmes", "code,name_vi,nam_en\nP1,x,y\n"), "programmes.csv:1", "", `no column "nam_en"`, "name_en"},
		"column missing":      {withTable("programmes", "code\nP1\n"), "programmes.csv:1", "", `"name_vi" is missing`, "name_vi"},
		"column twice":        {withTable("programmes", "code,name_vi,code\nP1,x,P1\n"), "programmes.csv:1", "", "two columns", ""},
		"table unknown":       {row("programmess", "code"), "programmess.csv:1", "", "no table", "programmes"},
		"table empty":         {withTable("rules", "\n"), "rules", "", "no header row", "id,severity"},
		"comma not quoted":    {row("programmes", "P2,mot,hai"), "programmes.csv:3", "", "outside the columns", ""},
		"quotation open":      {row("programmes", `P2,"mot`), "programmes.csv:3", "", "quotation mark", ""},
		"not UTF-8":           {withTable("programmes", "code,name_vi\nP1,\xff\n"), "programmes.csv", "", "not UTF-8", ""},
		"empty cell":          {row("programmes", "P2,"), "programmes.csv:3", "name_vi", "must be filled in", ""},
		"line break":          {row("programmes", "P2,\"mot\nhai\""), "programmes.csv:3", "name_vi", "line break", "mot hai"},
		"key twice":           {row("programmes", "P1,lại"), "programmes.csv:3", "code", "in a row above", ""},
		"code pattern":        {row("programmes", "p2,x"), "programmes.csv:3", "code", "form wanted", "CT02_LD"},
		"unit id pattern":     {row("units", "../x,,xã,X"), "units.csv:6", "id", "form wanted", "HN-001"},
		"unit id by case":     {row("units", "u-1,,xã,X"), "units.csv:6", "id", "but for capitals", ""},
		"unit kind":           {row("units", "U-9,,quan,X"), "units.csv:6", "kind", "allowed values", "quận"},
		"unit code reused":    {row("units", "U-9,001,xã,X"), "units.csv:6", "code", "U-1 has this code", ""},
		"unit email":          {row("units", "U-9,,xã,X,,nobody"), "units.csv:6", "email", "e-mail", ""},
		"unit validity":       {row("units", "U-9,,xã,X,,,2025-07-01,2025-06-30"), "units.csv:6", "valid_to", "before the beginning", ""},
		"date day first":      {row("units", "U-9,,xã,X,,,1/7/2025,"), "units.csv:6", "valid_from", "not a date", "2025-07-01"},
		"date as a number":    {row("units", "U-9,,xã,X,,,45839,"), "units.csv:6", "valid_from", "not a date", "2025-07-01"},
		"programme unknown":   {row("indicators", "C,P9,text,x,text"), "indicators.csv:7", "programme", "no programme", "P1"},
		"kind unknown":        {row("indicators", "C,P1,inputt,x,text"), "indicators.csv:7", "kind", "allowed values", "input"},
		"input of words":      {row("indicators", "C,P1,input,x,text,,flow,sum"), "indicators.csv:7", "type", "an input is a number", ""},
		"input nature":        {row("indicators", "C,P1,input,x,whole,,,sum"), "indicators.csv:7", "nature", "an input needs it", ""},
		"input across":        {row("indicators", "C,P1,input,x,whole,,flow,"), "indicators.csv:7", "across", "an input needs it", ""},
		"percent summed":      {row("indicators", "C,P1,input,x,percent,,stock,sum"), "indicators.csv:7", "across", "cannot be summed", "none"},
		"input with formula":  {row("indicators", "C,P1,input,x,whole,,flow,sum,,,A"), "indicators.csv:7", "formula", "derived indicators only", ""},
		"derived no formula":  {row("indicators", "C,P1,derived,x,whole"), "indicators.csv:7", "formula", "needs its formula", ""},
		"derived asked":       {row("indicators", "C,P1,derived,x,whole,,,,,,A,0"), "indicators.csv:7", "min", "asked of nobody", ""},
		"unit without across": {row("indicators", "C,P1,derived,x,whole,,,,,unit,A"), "indicators.csv:7", "across", "way across units", ""},
		"aggregate across":    {row("indicators", "C,P1,derived,x,whole,,,sum,,,A"), "indicators.csv:7", "across", "not aggregated again", ""},
		"text as number":      {row("indicators", "C,P1,text,x,whole"), "indicators.csv:7", "type", "not a number", ""},
		"text summed":         {row("indicators", "C,P1,text,x,text,,,sum"), "indicators.csv:7", "across", "never summed", "none"},
		"choices missing":     {row("indicators", "C,P1,text,x,choice,có"), "indicators.csv:7", "choices", "two choices", ""},
		"choices unasked":     {row("indicators", "C,P1,text,x,text,a|b"), "indicators.csv:7", "choices", "type choice only", ""},
		"share without level": {row("indicators", "C,P1,derived,x,percent,,,share,,unit,B / A"), "indicators.csv:7", "reaches", "from which a unit counts", ""},
		"min over max":        {row("indicators", "C,P1,input,x,whole,,flow,sum,,,,5,4"), "indicators.csv:7", "max", "less than min", ""},
		"bound order":         {row("indicators", "C,P1,input,x,whole,,flow,sum,,,,,5|2025-07:6|2025-06:7"), "indicators.csv:7", "max", "in order of time", "500|2025-07:800"},
		"bound undated":       {row("indicators", "C,P1,input,x,whole,,flow,sum,,,,,5|6"), "indicators.csv:7", "max", "in order of time", "500|2025-07:800"},
		"bound month":         {row("indicators", "C,P1,input,x,whole,,flow,sum,,,,,5|7/2025:6"), "indicators.csv:7", "max", "not a month", "2025-06"},
		"min over later max":  {row("indicators", "C,P1,input,x,whole,,flow,sum,,,,5,9|2025-07:4"), "indicators.csv:7", "max", "less than min", ""},
		"later min over max":  {row("indicators", "C,P1,input,x,whole,,flow,sum,,,,5|2025-07:10,9"), "indicators.csv:7", "max", "less than min", ""},
		"decimal comma":       {row("indicators", `C,P1,input,x,decimal,,flow,sum,,,,"0,5"`), "indicators.csv:7", "min", "plain decimal", "0.5"},
		"thousands point":     {row("indicators", "C,P1,input,x,decimal,,flow,sum,,,,,15.000"), "indicators.csv:7", "max", "thousands", "15000"},
		"part unknown":        {row("indicators", "C,P1,input,x,whole,,flow,sum,,,,,,AA"), "indicators.csv:7", "part_of", "no indicator", "A"},
		"part of a stock":     {row("indicators", "C,P1,input,x,whole,,flow,sum,,,,,,S"), "indicators.csv:7", "part_of", "add up alike", ""},
		"part of itself":      {row("indicators", "C,P1,input,x,whole,,flow,sum,,,,,,C"), "indicators.csv:7", "part_of", "loop", ""},
		"asked of nobody":     {row("indicators", "C,P1,text,x,text,,,,,,,,,,quan"), "indicators.csv:7", "asked_of", "no kind of unit", "quận"},
		"due month":           {row("indicators", "C,P1,text,x,text,,,,,,,,,,,13"), "indicators.csv:7", "due", "from 1 to 12", ""},
		"due year":            {row("indicators", "C,P1,text,x,text,,,,,,,,,,,1 next"), "indicators.csv:7", "due", "same or previous", "1 previous"},
		"compare":             {row("indicators", "C,P1,input,x,whole,,flow,sum,,,,,,,,,best"), "indicators.csv:7", "compare", "allowed values", "none"},
		"compare a count":     {row("indicators", "C,P1,input,x,whole,,flow,sum,,,,,,,,,rate"), "indicators.csv:7", "compare", "derived rates only", "none"},
		"compare per words":   {row("indicators", "C,P1,input,x,whole,,flow,sum,,,,,,,,,per:T"), "indicators.csv:7", "compare", "must be a number", ""},
		"decimals of a whole": {row("indicators", "C,P1,input,x,whole,,flow,sum,,,,,,,,,,2"), "indicators.csv:7", "decimals", "no decimals", "0"},
		"alias taken":         {row("indicators", "C,P1,text,x,text,,,,,,,,,,,,,,A"), "indicators.csv:7", "aliases", "is a code", ""},
		"alias of an alias":   {row("indicators", "C,P1,text,x,text,,,,,,,,,,,,,,old"), "indicators.csv:7", "aliases", "another alias of B", ""},
		"alias written apart": {row("indicators", "C,P1,text,x,text,,,,,,,,,,,,,,p 01"), "indicators.csv:7", "aliases", "another alias of B", ""},
		"formula syntax":      {row("indicators", "C,P1,derived,x,whole,,,,,,A + ?"), "indicators.csv:7", "formula", "character 5", ""},
		"formula term":        {row("indicators", "C,P1,derived,x,whole,,,,,,A + BB"), "indicators.csv:7", "formula", "no indicator", "B"},
		"formula of words":    {row("indicators", "C,P1,derived,x,whole,,,,,,A + T"), "indicators.csv:7", "formula", "is words", ""},
		"percent over months": {row("indicators", "C,P1,input,x,percent,,flow,none"), "indicators.csv:7", "nature", "added over months", "stock"},
		"formula of a least":  {row("indicators", "C,P1,input,x,whole,,flow,min\nD,P1,derived,x,whole,,,,,,C + A"), "indicators.csv:8", "formula", "no sum across units", ""},
		"formula circle":      {row("indicators", "C,P1,derived,x,whole,,,,,,A + D\nD,P1,derived,x,whole,,,,,,C + R"), "indicators.csv:8", "formula", "C → D → C", ""},
		"formula of none":     {row("indicators", "C,P1,input,x,percent,,stock,none\nD,P1,derived,x,whole,,,,,,C + A"), "indicators.csv:8", "formula", "no sum across units", ""},
		"formula outlives":    {row("indicators", "C,P1,input,x,whole,,flow,sum,,,,,,,,,,,,,2025-06-30\nD,P1,derived,x,whole,,,,,,C + A"), "indicators.csv:8", "formula", "not valid all the time", ""},
		"formula never due":   {row("indicators", "C,P1,input,x,whole,,stock,sum,,,,,,,,6\nD,P1,derived,x,whole,,,,,,C + S"), "indicators.csv:8", "formula", "never due", ""},
		"target indicator":    {row("targets", "AA,,plan,2025-01,2025-12,>=,1,linear"), "targets.csv:3", "indicator", "no indicator", "A"},
		"target unit":         {row("targets", "A,U-7,plan,2025-01,2025-12,>=,1,linear"), "targets.csv:3", "unit", "no unit", "U-1"},
		"target of words":     {row("targets", "T,,plan,2025-01,2025-12,>=,1,level"), "targets.csv:3", "indicator", "is words", ""},
		"target months":       {row("targets", "A,,plan,2025-12,2025-01,>=,1,linear"), "targets.csv:3", "to", "before the first month", ""},
		"target month":        {row("targets", "A,,plan,1/2025,2025-12,>=,1,linear"), "targets.csv:3", "from", "not a month", "2025-06"},
		"target overlap":      {row("targets", "A,,year,2025-12,2026-12,>=,1,linear"), "targets.csv:3", "from", "targets.csv:2", ""},
		"target rate linear":  {row("targets", "R,,year,2025-01,2025-12,>=,70,linear"), "targets.csv:3", "pace", "does not accumulate", "level"},
		"target never due":    {row("targets", "A,,plan,2025-01,2025-12,>=,70,at_due"), "targets.csv:3", "pace", "every month", "level"},
		"target comparator":   {row("targets", "A,,plan,2025-01,2025-12,=>,70,level"), "targets.csv:3", "comparator", "allowed values", ">="},
		"target path":         {row("targets", "A,,plan,2025-01,2025-12,>=,70,path"), "targets.csv:3", "path", "needs its milestones", ""},
		"target path end":     {row("targets", "A,,plan,2025-01,2025-12,>=,70,path,2025-06:30|2025-12:60"), "targets.csv:3", "path", "last milestone", ""},
		"target path order":   {row("targets", "A,,plan,2025-01,2025-12,>=,70,path,2025-12:30|2025-06:70"), "targets.csv:3", "path", "order of time", ""},
		"target since":        {row("targets", "A,,plan,2025-01,2025-12,>=,70,level,,,2026-01"), "targets.csv:3", "since", "outside the target's months", ""},
		"target since twice":  {row("targets", "A,,year,2025-01,2025-12,>=,70,level,,,2025-07\nA,,year,2025-01,2025-12,>=,80,level,,,2025-07"), "targets.csv:4", "since", "targets.csv:3", ""},
		"target since, start": {row("targets", "A,,year,2025-01,2025-12,>=,70,level,,,2025-01"), "targets.csv:3", "since", "targets.csv:2", ""},
		"target since, years": {row("targets", "A,,year,2025-06,2025-12,>=,70,level,,,2025-07"), "targets.csv:3", "from", "keeps from and to", "2025-01"},
		"target renamed":      {row("targets", "OLD,,plan,2025-01,2025-12,>=,1,linear"), "targets.csv:3", "indicator", "is now called B", "B"},
		"rule renamed":        {row("rules", "r2,warning,OLD <= A,,x"), "rules.csv:3", "expression", "is now called B", "B"},
		"target flag":         {row("targets", "A,,plan,2025-01,2025-12,>=,70,level,,x"), "targets.csv:3", "headline", "yes or no", "yes | no"},
		"rule syntax":         {row("rules", "r2,error,A + B,,x"), "rules.csv:3", "expression", "must be a condition", ""},
		"rule code":           {row("rules", "r2,error,A < BB,,x"), "rules.csv:3", "expression", "no indicator", "B"},
		"rule of words":       {row("rules", "r2,error,A < T,,x"), "rules.csv:3", "expression", "is words", ""},
		"rule refuses":        {row("rules", "r2,error,A < B,R,x"), "rules.csv:3", "refuses", "not an input", ""},
		"warning refuses":     {row("rules", "r2,warning,A < B,A,x"), "rules.csv:3", "refuses", "only an error rule", ""},
		"day twice":           {row("calendar", "2025-01-01,tết,"), "calendar.csv:3", "date", "in a row above", ""},
		"day kind":            {row("calendar", "2025-01-02,nghi,"), "calendar.csv:3", "kind", "allowed values", "nghỉ"},
		"succession unit":     {row("successions", "U-1,U-8,2025-07-01,merged,"), "successions.csv:3", "to", "no unit", "U-1"},
		"succession loop":     {row("successions", "U-3,U-2,2025-07-01,part,"), "successions.csv:3", "to", "form a loop", ""},
		"succession share":    {row("successions", "U-1,U-3,2025-07-01,part,1.5"), "successions.csv:3", "share", "at most 1", ""},
		"succession early":    {row("successions", "U-2,U-1,2025-06-01,merged,"), "successions.csv:3", "date", "before U-2 ended", "2025-07-01"},
		"unit name twice":     {row("units", "U-9,,quận,MỘT"), "units.csv:6", "name", "U-1 has this kind and name", ""},
		"succession of one":   {row("successions", "U-1,U-1,2025-07-01,part,"), "successions.csv:3", "to", "succeed itself", ""},
		"succession twice":    {row("successions", "U-2,U-3,2025-07-01,merged,"), "successions.csv:3", "to", "in a row above", ""},
		"succession no end":   {row("successions", "U-1,U-3,2025-07-01,merged,"), "successions.csv:3", "from", "U-1 has no end", "valid_to 2025-06-30"},
		"succession no start": {row("successions", "U-1,CITY,2025-07-01,split,"), "successions.csv:3", "to", "CITY has no beginning", "valid_from 2025-07-01"},
		"succession gap":      {withTable("successions", "from,to,date,kind\nU-2,U-3,2025-07-02,part\n"), "successions.csv:2", "date", "U-2 ended on 2025-06-30", "2025-07-01"},
		"succession unborn":   {withTable("successions", "from,to,date,kind\nU-1,U-3,2025-06-01,part\n"), "successions.csv:2", "date", "before U-3 began", "2025-07-01"},
		"succession late":     {withTable("successions", "from,to,date,kind\nU-1,U-3,2025-08-01,split\n"), "successions.csv:2", "date", "after U-3 began", "2025-07-01"},
		"succession of ended": {withTable("successions", "from,to,date,kind\nU-1,U-2,2025-07-01,part\n"), "successions.csv:2", "date", "after U-2 ended", ""},
		"succession young":    {withTable("successions", "from,to,date,kind\nU-3,U-1,2025-07-01,part\n"), "successions.csv:2", "date", "before U-3 began", ""},
		"merged and more":     {row("successions", "U-2,U-1,2025-07-01,part,"), "successions.csv:3", "kind", "the whole of U-2 went to U-3", "split | part"},
		"split and more":      {row("successions", "U-1,U-3,2025-07-01,split,"), "successions.csv:3", "kind", "U-3 came from U-2, too", "merged | part"},
		"merged in part":      {withTable("successions", "from,to,date,kind,share\nU-2,U-3,2025-07-01,merged,0.5\n"), "successions.csv:2", "share", "kind merged is the whole", "1"},
		"shares over 1":       {withTable("successions", "from,to,date,kind,share\nU-2,U-3,2025-07-01,part,0.75\nU-2,U-1,2025-07-01,part,0.5\n"), "successions.csv:3", "share", "add up to 1.25", ""},
		"opening of a stock":  {row("openings", "S,,year,2025-03,1,BC"), "openings.csv:3", "indicator", "nature flow only", ""},
		"opening twice":       {row("openings", "A,,year,2025-02,1,BC"), "openings.csv:3", "through", "openings.csv:2", ""},
		"opening city, unit":  {row("openings", "A,U-1,year,2025-03,1,BC"), "openings.csv:3", "unit", "the city and a unit", ""},
		"opening source":      {row("openings", "A,,plan,2025-03,1,"), "openings.csv:3", "source", "must be filled in", ""},
		"forms overlap":       {row("forms", "F2,Mẫu,2025-01-01,"), "forms.csv:3", "valid_from", "form F1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, problems := load(c.folder)
			if got != nil || len(problems) == 0 {
				t.Fatal("taken")
			}
			p := problems[0]
			if p.Where != c.where || p.Column != c.column || !strings.Contains(p.Error(), c.says) || !strings.HasPrefix(p.Want, c.want) {
				t.Errorf("got %s\nwant %s: %s: …%s…; want: %s", p.Error(), c.where, c.column, c.says, c.want)
			}
			if len(problems) > 1 {
				t.Errorf("one fault drew more problems: %v", problems[1:])
			}
			if p.MessageVI == "" || p.MessageVI == p.MessageEN || strings.Contains(p.Vietnamese(), "%!") || strings.Contains(p.Error(), "%!") {
				t.Errorf("Vietnamese: %s", p.Vietnamese())
			}
		})
	}
}

func TestAMissingTableIsNamed(t *testing.T) {
	for name := range small {
		folder := withTable("", "")
		delete(folder, name+".csv")
		_, problems := load(folder)
		if len(problems) != 1 || problems[0].Where != name || !strings.Contains(problems[0].MessageEN, "missing") {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

func TestProblemsComeAllAtOnceInTheOrderOfReading(t *testing.T) {
	folder := row("units", "U-9,,quan,X,,,x,y")
	folder["targets.csv"] = row("targets", "A,,plan,2025-01,2025-12,=>,x,level")["targets.csv"]
	folder["indicators.csv"] = row("indicators", "c,P9,derived,x,whole,,,,,,A +")["indicators.csv"]
	_, problems := load(folder)
	var got []string
	for _, p := range problems {
		got = append(got, p.Where+" "+p.Column)
	}
	want := []string{
		"units.csv:6 kind", "units.csv:6 valid_from", "units.csv:6 valid_to",
		"indicators.csv:7 code", "indicators.csv:7 programme", "indicators.csv:7 formula",
		"targets.csv:3 comparator", "targets.csv:3 value",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestASheetNamesItsCells(t *testing.T) {
	tables := catalogue.FromFolder(withTable("", ""), "small").Tables()
	for i := range tables {
		tables[i].Place = nil
		if tables[i].Name == "indicators" {
			tables[i].Rows = append(tables[i].Rows, nil, []string{"C", "P1", "input", "x", "whole", "", "flow", "sum", "", "", "", "5", "x"})
		}
	}
	_, problems := catalogue.Load(catalogue.FromTables(tables, "small"))
	if len(problems) != 1 || problems[0].Where != "indicators!M8" {
		t.Errorf("%v", problems)
	}
}

// The same definitions have the same hash, however they are written down.
func TestHashIsOfTheDefinitions(t *testing.T) {
	hash := func(folder fstest.MapFS) string {
		c, problems := load(folder)
		if c == nil {
			t.Fatal(problems)
		}
		return c.SHA256
	}
	plain := hash(withTable("", ""))
	same := map[string]fstest.MapFS{
		"BOM, semicolons, CRLF": withTable("programmes", "\uFEFFcode;name_vi\r\nP1;Chương trình một\r\n"),
		"columns in any order":  withTable("programmes", "name_vi,code\nChương trình một,P1\n"),
		"a column more, empty":  withTable("programmes", "code,name_vi,number\nP1,Chương trình một,\n"),
		"blank rows and spaces": withTable("programmes", "code,name_vi\n\n,\n P1 ,Chương trình một \n"),
		"decomposed letters":    withTable("programmes", "code,name_vi\nP1,Chu\u031bo\u031bng tri\u0300nh mo\u0323\u0302t\n"),
		"header in capitals":    withTable("programmes", "CODE,Name_vi\nP1,Chương trình một\n"),
		"quoted":                withTable("programmes", "\"code\",\"name_vi\"\n\"P1\",\"Chương trình một\"\n"),
	}
	for _, name := range slices.Sorted(maps.Keys(same)) {
		if hash(same[name]) != plain {
			t.Errorf("%s: another hash", name)
		}
	}
	for name, folder := range map[string]fstest.MapFS{
		"another name": withTable("programmes", "code,name_vi\nP1,Chương trình hai\n"),
		"a row more":   row("programmes", "P2,Hai"),
		"another note": withTable("calendar", "date,kind,note\n2025-01-01,nghỉ,Tết\n"),
	} {
		if hash(folder) == plain {
			t.Errorf("%s: the same hash", name)
		}
	}
}

// Packing into sheets and unpacking gives the same bytes and the same hash.
func TestFolderToTablesToFolderLosesNothing(t *testing.T) {
	first := shippedSource(t)
	sheets := first.Tables()
	folder := fstest.MapFS{}
	for i := range sheets {
		sheets[i].Place = nil
		folder[sheets[i].Name+".csv"] = &fstest.MapFile{Data: sheets[i].CSV()}
	}
	again := catalogue.FromFolder(folder, "hanoi")
	for i, table := range again.Tables() {
		if !slices.EqualFunc(table.Rows, first.Tables()[i].Rows, slices.Equal) {
			t.Errorf("table %s changed", table.Name)
		}
	}
	one, _ := catalogue.Load(first)
	for _, source := range []catalogue.Source{again, catalogue.FromTables(sheets, "hanoi")} {
		two, problems := catalogue.Load(source)
		if two == nil || two.SHA256 != one.SHA256 {
			t.Errorf("hash differs, or %v", problems)
		}
	}
}

func TestHeadersAreAnEmptyCatalogue(t *testing.T) {
	if _, problems := catalogue.Load(catalogue.FromTables(catalogue.Headers(), "new")); len(problems) > 0 {
		t.Error(problems)
	}
}

func FuzzLoad(f *testing.F) {
	for name, text := range small {
		f.Add(name, []byte(text))
		f.Add(name, []byte("\uFEFF"+strings.ReplaceAll(text, ",", ";")))
	}
	f.Add("unknown", []byte(nil))
	f.Add("targets", []byte("indicator,horizon,from,to,comparator,value,pace,path\nA,plan,2025-01,2025-12,>=,1,path,2025-12:1|:\n"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if !memoryName(name) || len(data) > 1<<14 {
			t.Skip()
		}
		c, problems := load(withTable(name, string(data)))
		if (c == nil) == (len(problems) == 0) {
			t.Fatalf("catalogue %v with %d problems", c != nil, len(problems))
		}
		for _, p := range problems {
			if p.Where == "" || p.MessageVI == "" || p.MessageEN == "" {
				t.Errorf("%+v", p)
			}
		}
	})
}

// memoryName keeps to names that a folder in memory can hold.
func memoryName(name string) bool {
	return name != "" && !strings.ContainsAny(name, "/\\\x00.") && strings.ToValidUTF8(name, "") == name
}
