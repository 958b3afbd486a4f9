import pytest
from tests.running import running
def test_first(tmp_path, database_url):
    with running(tmp_path, database_url) as pb:
        call = pb.rings()
        call.hears("Tuesday", "Sue", "recorded")
        call.says("Julie Smith, from Hartwell Dental.").hears("Julie", "oh one four three")
        call.says("Yes").says("Last month's invoice, it was charged twice.").says("Tomorrow, after three.")
        call.hears_tone().presses("#")
        call.says("yes").hears_goodbye()
        print(call)
        print(call.seconds, call.turns)
        m = pb.the_message()
        print(vars(m)); print(pb.told(), [vars(r) for r in pb.recordings()])
        from sqlalchemy import text
        with pb.database.read() as s: print('MM', s.execute(text('select id, message_id, call_sid from (select m.id, m.call_sid, r.message_id from messages m left join recordings r on true) x')).all())
        pb.worker.drain()
        print([vars(r) for r in pb.recordings()])
        c2 = pb.rings()
        c2.presses("*").hears("recorded").records(12, then="hangup")
        print(c2)
        pb.clock.goes_on(minutes=1)
        from sqlalchemy import text
        with pb.database.read() as s: print('MM', s.execute(text('select id, message_id, call_sid from (select m.id, m.call_sid, r.message_id from messages m left join recordings r on true) x')).all())
        pb.worker.drain()
        print([(m.state, m.name) for m in pb.messages()])
        pb.network.phone("+442079460199").answers(presses="1")
        pb.network.expects_call("+442079460199") if hasattr(pb.network,'expects_call') else None
        c3 = pb.rings().presses("0")
        print(c3)
