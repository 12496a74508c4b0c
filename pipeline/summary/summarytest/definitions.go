package summarytest

import (
	"testing"
	"testing/fstest"

	"tonghop/pipeline/catalogue"
)

// tables is a catalogue in a few lines. Of its programmes the second is empty.
var tables = map[string]string{
	"units": `id,code,kind,name,group,valid_from,valid_to
U-1,001,quận,Một,Cụm 1,,
U-2,002,quận,Hai,Cụm 1,,
U-3,003,huyện,Ba,,,
U-4,004,thị xã,Bốn,,,
CITY,,thành phố,Cơ quan Thành Hội,,,
`,
	"programmes": `code,number,name_vi,name_en
P1,01-CTr/TU,Việc làm và đời sống,Work and life
P2,02-CTr/TU,Chuyển đổi số,Digital change
P3,,Các giải pháp đồng hành,Accompanying solutions
`,
	"indicators": `code,programme,kind,name_vi,name_en,measure,type,choices,nature,across,formula,min,required,part_of,asked_of,due,decimals,assumption_vi
LD,P1,input,Lao động được giải quyết việc làm,Workers placed,người,whole,,flow,sum,,0,yes,,,,,"Tính lượt người, không tính trùng trong tháng."
LD_NU,P1,input,Trong đó lao động nữ,Of these women,người,whole,,flow,sum,,0,yes,LD,,,,
TL_NU,P1,derived,Tỷ lệ lao động nữ,Share of women,%,percent,,,,100 * LD_NU / LD,,,,,,2,
HO,P1,input,Hộ thoát nghèo,Households out of poverty,hộ,whole,,flow,sum,,0,yes,,,,,
KEM,P1,input,Cơ sở Hội xếp loại kém,Unions graded poor,cơ sở,whole,,stock,sum,,0,yes,,,,,
NAM,P1,input,Số cơ sở được xếp loại tốt,Unions graded good,cơ sở,whole,,stock,sum,,0,yes,,,12,,
QUY,P1,input,Số buổi truyền thông quý,Sessions a quarter,buổi,whole,,flow,sum,,0,,,,3|6|9|12,,
VU,P1,input,Số vụ việc phát hiện,Cases found,vụ,whole,,flow,sum,,0,,,,,,
VU_DX,P1,input,Số vụ việc đề xuất kịp thời,Cases proposed in time,vụ,whole,,flow,sum,,0,,VU,,,,
TL_VU,P1,derived,Tỷ lệ vụ việc đề xuất kịp thời,Share proposed in time,%,percent,,,,100 * VU_DX / VU,,,,,,1,
VON,P1,input,Dư nợ ủy thác,Loans outstanding,tỷ đồng,decimal,,stock,sum,,,,,,,1,
CK1,P3,text,Đề án hỗ trợ khởi nghiệp,Start-up support,,choice,chưa triển khai|đang triển khai|hoàn thành,,,,,,,,,,
CK2,P3,text,Đề án tuyên truyền,Communication,,choice,chưa triển khai|đang triển khai|hoàn thành,,,,,,,,,,
CK3,P3,text,Có ban chỉ đạo,Has a steering board,,yesno,,,,,,,,,,,
`,
	"targets": `indicator,horizon,from,to,comparator,value,pace,headline
LD,year,2025-01,2025-12,>=,1200,linear,yes
LD,plan,2021-01,2025-12,>=,6000,linear,yes
TL_NU,year,2025-01,2025-12,>=,90,level,yes
HO,year,2025-01,2025-12,>=,3000,linear,yes
KEM,year,2025-01,2025-12,<=,0,level,yes
NAM,year,2025-01,2025-12,>=,5,at_due,yes
TL_VU,year,2025-01,2025-12,>=,100,level,yes
QUY,month,2025-01,2025-12,>=,10,level,
`,
	"openings": `indicator,unit,span,through,value,source
LD,,year,2025-03,400,Báo cáo số 12/BC
LD,,plan,2025-03,4100,Báo cáo số 12/BC
HO,U-1,year,2025-03,30,Báo cáo số 13/BC
`,
	"rules":       "id,severity,expression,message_vi\n",
	"calendar":    "date,kind\n",
	"successions": "from,to,date,kind\n",
	"forms":       "version,title_vi\nF1,Mẫu\n",
}

// Catalogue loads the definitions of the small summary.
func Catalogue(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range tables {
		folder[name+".csv"] = &fstest.MapFile{Data: []byte(text)}
	}
	c, problems := catalogue.Load(catalogue.FromFolder(folder, "small"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}
