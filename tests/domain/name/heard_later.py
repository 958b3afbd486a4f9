"""Later batches, of other names, each written when the rules seemed done: how they fare with names never seen."""

from tests.domain.name.heard import lines
from tests.domain.name.later_offices import BANK, CLINIC, FIRM, LAW

AT_THE_CLINIC = """
Rachel =rachel
Rachael Backster =rachel
Ray Chell Baxter =rachel
Rachel on reception =rachel
the receptionist -
reception please gemma/rachel
Mike =mike
Mike Donelly =mike
Michael Donley ?mike
Michaela =mick
Miss Sorenson =mick
Ravi =ravi
Mr Subramaniam =ravi
Ravi in IT =ravi
I.T. support =ravi
someone from IT support please =ravi
Jemma =gemma
Gemma White House =gemma
Jeff =geoff
Jeff Knolls =geoff
Geoffrey Noles =geoff
can you put me through to Jeff in finance please =geoff
Eva Byrne ?aoife
Eefa =aoife
Mrs Burn =aoife
Twee =tran
Tui Tran ?tran
Peter =peter
Peter Stanley =peter
Stanley Peters =stan
Pete Stanley =peter
Stanley peter/stan
Hugo =hugo
Mr Defreeze =hugo
Hugo De Fries =hugo
D E V R I E S =hugo
Anne =ann
Ann Taylor =ann
Anna =anna
Anna Taylor ?anna
Taylor =ann
Mr Macalister =mcall
Ewen McAlister =mcall
Euan =mcall
Zoey =zoe
Zoe Fair Brother =zoe
Rose =rose
Rose May =rose
may I ask who I'm talking to -
the price rose in May -
Debbie =debs
Deborah Carter =debs
Debra Lloyd =debs
Yousef =yusuf
Joseph Kareem ?yusuf
Kovacs =bala
B A L A Z S =bala
Nathalie Shore ?nat
Natalie S H A W =nat
is Nat about ?nat
S for Sierra H for hotel A for alpha W for whiskey =nat
the nurses ann/anna/tran
someone in nursing ann/anna/tran
finance or reception debs/gemma/geoff/peter/rachel
Karen ?yusuf
Brian -
I've already been waiting for twenty minutes -
Is this the surgery? -
can you tell me your opening hours -
please hold -
you rang me this morning -
Miss Shah ?nat
Mr Tyler =anna
Walter -
"""
AT_THE_FIRM = """
Harry Finch =hal
Harold =hal
Harald Finch =hal
the workshop hal/sean
someone in the workshop please hal/sean
Peggy =marg
Maggie O'Connor =marg
Margaret Oconor =marg
Mrs O Connor =marg
Marjorie ?marg
Pip =phil
Philippa Ren =phil
Phil Rennie =phil2
Phil phil/phil2
Filipa =phil
Philip =phil2
Sean sean/shaun
Shawn Doherty sean/shaun
Sean Docherty sean/shaun
D O U G H E R T Y =shaun
Carol =car
Carol Hathaway =car
Carl =carl
Carl Hathersedge =carl
Mrs Hathaway =car
Wan Jeeroo =wanj
Wanjiru =wanj
Mr Kamau =wanj
Dimitri =dmi
Mr Volkoff =dmi
Yuki Tanaka =yuki
You key =yuki
T A N A K A =yuki
Abdul =abd
Abs =abd
Mr Sidiki =abd
Mr Siddiqi =abd
Ellen Nash =ell
Helen Nash =hel
Nash ell/hel
Helen in lettings =hel
lettings phil/phil2/hel
can I have lettings please phil/phil2/hel
Ted =ted
Sin Jun =ted
Ted St John =ted
Edward Saint John =ted
Eddie =ted
Guy =guy
is Guy Fields around =guy
the guy who fixed my car -
Bella =bella
Isabel ?bella
Mrs Rossi =bella
Grace =gra
Grace Park =gra
where can I park -
Kee Ann =cian
Tamsin Beecham =tam
Tamzin =tam
Beauchamp =tam
I want to talk to payroll car/marg/tam
Gordon Bennett -
it's an emergency -
my boiler has broken down -
no thanks -
who am I speaking to -
Hello, is this Grace =gra
could somebody please ring me back on my mobile -
say that again -
I'd like to make a complaint about Guy -
"""
AT_THE_BANK = """
Jess =jess
Jessica Whitfield. =jess
Yes Jessica please =jess
Jess Wheatfield =jess
Mrs Whit Field =jess
Greg =greg
Greg Pasta Nack =greg
Mr Pasternack =greg
mortgages jess/greg
the mortgage team jess/greg
I'd like to discuss a mortgage with someone jess/greg
Nick Frost nick/nicola
Nicola Frost =nicola
Frost nick/nicola
Mr Frost nick/nicola
Nicholas =nick
Nicky Frost nick/nicola
Andy =andy
Andrew McIntosh =andy
Andy Mackintosh =andy
Drew =drew
Drew Castello =drew
Ines =ines
Inez Carvalo =ines
Carvalho =ines
the fraud department ines/sid
fraud ines/sid
Raj =raj
Rajesh =raj
Raj Chakraborty =raj
Mr Chakrabarti =raj
Rajinder =raja
Mr Dylan ?raja
D H I L L O N =raja
Tess =tess
Theresa =tess
Teresa Quigley =tess
Terry Quigley ?tess
Victoria =vic
Vicky Lam =vic
Vicky Lamb =vic
Victor Lambert =lamb
Victor =lamb
Vic vic/lamb
Hway Min =hui
Hui Min =hui
Mr Tan =hui
Sidney =sid
Sid Pool =sid
Sydney Poole =sid
Ben =ben
Ben O'Kafor =ben
Mr Okafor =ben
Ay Lee =eil
A. Lee -
Eilidh Frazer =eil
Ruth =ruth
Ruth Abernethy =ruth
Jo jo1/joe
Joe jo1/joe
Joe Reeves jo1/joe
Joanne =jo1
Lou =lou
Louise Dangelo =lou
Louise D Angelo =lou
Can you tell me my balance -
I lost my card -
it's a joke -
Press one -
savings andy/lou/nicola
what's the interest rate on savings -
Could I speak with Mr. Greg Pasternak, please? =greg
Hi, it's Ruth from Barclays, is Andy there? =andy
Ruth speaking, I'm after Drew =drew
Let me think -
Lucy -
"""
AT_LAW = """
Hope =hope
Hope Winters =hope
I hope you can help me -
Tim =tim
Tim Ashworth =tim
Timothy Ashworth please =tim
Tim Ash Worth =tim
Tina =tina
Tina Low =tina
Christina =tina
Kristina Lo =tina
Ali ali/alice
Ally Hassan =ali
Mr Hassan =ali
Mr Hanson ?alice
Alice ali/alice
Alice Hanson =alice
Jackie =jac
Jacky Morrow =jac
Jacqueline =jac
Ray =ray
Ray Cho =ray
Raymond Joe ?ray
Eugene =eug
Gene =eug
Mr Petroff =eug
Kathy =kath
Cathleen Ferris =kath
Kath Ferris ?kath
Miss Faris ?kath
Neal =neil
Neil Armitage =neil
Mr Hermitage -
Nia =nia
Near ?nia
Nia Lewellin =nia
L L E W E L L Y N =nia
Dev =dev
Devika =dev
Mrs Krishnan =dev
Krishna ?dev
Martha =mart
Miss Bloom art/mart
Arthur Bloom =art
Art =art
Yasmin =yas
Jasmine ?yas
Yasmeen Elamin =yas
Judith =jud
Judy Fox =jud
Fox =jud
Judy Fawkes =jud
conveyancing hope/tim
the conveyancers hope/tim
the litigation team dev/mart
family law please alice/kath
someone in probate ali/tina
I need a solicitor -
I'm selling my house -
my father died last week -
have you got a fax number -
is there someone else I can talk to -
Good afternoon, might I have a word with Mr Ashworth about the lease =tim
It's for Judith =jud
Judith, thanks =jud
Kevin -
Tony -
"""
HEARD_LATER = [*lines(AT_THE_CLINIC, CLINIC), *lines(AT_THE_FIRM, FIRM), *lines(AT_THE_BANK, BANK), *lines(AT_LAW, LAW)]
