using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests;

/// <summary>
/// What each finding says, and the facts and policy values it rests on, each policy value with the date its version
/// is in force from. The dates, days and amounts of a scene all differ, so that none can stand for another.
/// </summary>
public class FindingTests
{
    [Fact]
    public void Of_retirement() =>
        Says(
            RuleSetName.Retirement,
            Scene
                .New()
                .Voucher(
                    created: "2021-07-01",
                    assigned: "2021-07-02",
                    redeemed: "2022-01-02",
                    engagement: "azure"
                ),
            "2022-02-01",
            """
            V RET-CREATED-LATE: The voucher was created on 2021-07-01; the last day to create one was 2021-06-30.
              voucher.created_on 2021-07-01, retirement.last_creation_on 2021-06-30 (from 2000-01-01)
            V RET-ASSIGNED-LATE: The voucher was assigned on 2021-07-02; the last day to assign one was 2021-06-30.
              voucher.assigned_on 2021-07-02, retirement.last_creation_on 2021-06-30 (from 2000-01-01)
            V RET-CLOUD: The voucher for cloud engagement azure was created on 2021-07-01; cloud engagements ended on 2020-02-01.
              voucher.engagement azure, voucher.created_on 2021-07-01, retirement.cloud_retired_on 2020-02-01 (from 2000-01-01)
            V RET-REDEEMED-LATE: The voucher was redeemed on 2022-01-02; the last day to redeem one was 2022-01-01.
              voucher.redeemed_on 2022-01-02, retirement.last_redemption_on 2022-01-01 (from 2000-01-01)
            """
        );

    [Fact]
    public void Of_expiry() =>
        Says(
            RuleSetName.Expiry,
            Scene
                .New()
                .Voucher("V1", created: "2020-01-02", redeemed: "2020-07-01")
                .Voucher("V2", created: "2020-01-01", assigned: "2020-01-03")
                .Voucher("V3", created: "2020-01-20"),
            "2020-07-05",
            """
            V1 EXP-REDEEMED-LATE: The voucher was redeemed on 2020-07-01; its last day was 2020-06-30.
              voucher.redeemed_on 2020-07-01, voucher.created_on 2020-01-02, expiry.life_days 180 (from 2000-01-01), retirement.last_redemption_on 2022-01-01 (from 2000-01-01), expiry.anchor assigned (from 2000-01-01)
            V2 EXP-LIFE: The voucher was not redeemed by 2020-07-01, 180 days after it was assigned on 2020-01-03.
              voucher.assigned_on 2020-01-03, expiry.life_days 180 (from 2000-01-01), expiry.anchor assigned (from 2000-01-01)
            V3 EXP-SOON: The voucher must be redeemed by 2020-07-18; 14 days or less are left.
              voucher.created_on 2020-01-20, expiry.life_days 180 (from 2000-01-01), retirement.last_redemption_on 2022-01-01 (from 2000-01-01), expiry.anchor assigned (from 2000-01-01), expiry.warning_bands 7, 14, 30 (from 2000-01-01)
            """
        );

    [Fact]
    public void Of_expiry_at_the_end_of_the_programme() =>
        Says(
            RuleSetName.Expiry,
            Scene
                .New()
                .Under(Pack.With(p => p with { LifeDays = p.LifeDays.Being(250) }))
                .Voucher("V1", created: "2021-04-28")
                .Voucher("V2", created: "2021-04-27", assigned: "2021-04-29", redeemed: "2022-01-02"),
            "2022-01-05",
            """
            V1 EXP-PROGRAM-END: The voucher was not redeemed by 2022-01-01, the last day of the programme; its own life would have lasted until 2022-01-03.
              voucher.created_on 2021-04-28, retirement.last_redemption_on 2022-01-01 (from 2000-01-01), expiry.life_days 250 (from 2000-01-01), expiry.anchor assigned (from 2000-01-01)
            V2 EXP-REDEEMED-LATE: The voucher was redeemed on 2022-01-02; its last day was 2022-01-01.
              voucher.redeemed_on 2022-01-02, voucher.assigned_on 2021-04-29, expiry.life_days 250 (from 2000-01-01), retirement.last_redemption_on 2022-01-01 (from 2000-01-01), expiry.anchor assigned (from 2000-01-01)
            """
        );

    [Fact]
    public void Of_entitlement() =>
        Says(
            RuleSetName.Entitlement,
            Scene
                .New()
                .Agreement("B")
                .Grant("G1", "2021-02-02", days: 7)
                .Grant("G2", "2020-02-03", days: 8, GrantSource.TrainingConversion)
                .Grant("G3", "2019-01-01", days: 4)
                .Grant("G4", "2019-01-01", days: 20, agreement: "B")
                .Voucher("V1", created: "2020-01-02", days: 3)
                .Voucher("V2", created: "2021-06-01", days: 5)
                .Voucher("V3", created: "2020-01-02", days: 1)
                .Voucher("V4", created: "2021-06-01", days: 10)
                .Voucher("V5", created: "2020-01-02", days: 1, agreement: "B")
                .Voucher("V6", created: "2021-06-01", days: 3, agreement: "B"),
            "2021-07-02",
            """
            A ENT-ACCRUAL-ENDED: Grant G1 of 7 days does not count: it was accrued on 2021-02-02, and accrual ended on 2021-02-01.
              entitlement_grant.grant_id G1, entitlement_grant.granted_on 2021-02-02, entitlement_grant.days 7, entitlement.accrual_ended_on 2021-02-01 (from 2000-01-01)
            A ENT-CONVERSION-ENDED: Grant G2 of 8 days does not count: training vouchers were converted on 2020-02-03, and conversion ended on 2020-02-01.
              entitlement_grant.grant_id G2, entitlement_grant.granted_on 2020-02-03, entitlement_grant.days 8, entitlement.conversion_ended_on 2020-02-01 (from 2000-01-01)
            A ENT-OVERDRAWN: The agreement's vouchers draw 19 days; 4 were granted and 4 returned, so 11 are missing.
              agreement.granted 4, agreement.drawn 19, agreement.returned 4
            B ENT-DAYS-REMOVED: 17 unspent days were removed; all remaining days end on 2021-07-01.
              agreement.granted 20, agreement.drawn 4, agreement.returned 1, entitlement.days_removed_on 2021-07-01 (from 2000-01-01)
            """
        );

    [Fact]
    public void Of_eligibility() =>
        Says(
            RuleSetName.Eligibility,
            Scene
                .New()
                .Under(Pack.WithEngagement("mobile-productivity", e => e with { Durations = [3, 5] }))
                .Voucher(
                    "V1",
                    reserved: "2020-01-20",
                    started: "2020-02-01",
                    days: 15,
                    division: "North",
                    product: "Surface"
                )
                .Voucher(
                    "V2",
                    reserved: "2020-01-21",
                    started: "2020-02-02",
                    consultant: null,
                    days: 15,
                    division: "North",
                    product: "Surface"
                )
                .Voucher(
                    "V3",
                    reserved: "2020-01-22",
                    started: "2020-02-03",
                    location: "P2-US",
                    consultant: "K1",
                    country: "DE",
                    days: 10,
                    engagement: "mobile-productivity"
                )
                .Voucher("V4", reserved: "2020-01-23", started: "2020-02-04", engagement: "exchange"),
            "2020-03-01",
            """
            V2 ELG-CONSULTANT: Delivery started on 2020-02-02, and no consultant is named.
              voucher.engagement_started_on 2020-02-02, voucher.consultant_id absent, partner_location.partner_id P1, requirements.windows-office silver Windows and Devices (from 2000-01-01)
            V2 ELG-REPEAT: Voucher V1, reserved on 2020-01-20, is already for 15 days of windows-office for this customer.
              voucher.days 15, voucher.reserved_on 2020-01-21, voucher.division North, voucher.product Surface, earlier.voucher_id V1, earlier.reserved_on 2020-01-20, eligibility.repeat_days 15 (from 2000-01-01)
            V3 ELG-NOT-ENROLLED: Partner P2 has no enrolment in DDPS that covers the business date.
              partner_location.partner_id P2, engagement.offering DDPS
            V3 ELG-COMPETENCY: Partner P2 did not hold silver Enterprise Mobility Management or silver Windows and Devices on the business date, which mobile-productivity asks for.
              partner_location.partner_id P2, voucher.engagement mobile-productivity, requirements.mobile-productivity silver Enterprise Mobility Management or silver Windows and Devices (from 2000-01-01)
            V3 ELG-CONSULTANT: Consultant K1 works for partner P1, not for P2, who reserved the voucher.
              voucher.engagement_started_on 2020-02-03, voucher.consultant_id K1, partner_location.partner_id P2, requirements.mobile-productivity silver Enterprise Mobility Management or silver Windows and Devices (from 2000-01-01)
            V3 ELG-COUNTRY: The voucher is reserved under location P2-US in US; the country of delivery is DE.
              voucher.reserved_location_id P2-US, partner_location.country US, voucher.country DE
            V3 ELG-DURATION: The voucher is for 10 days; mobile-productivity takes 3, 5.
              voucher.days 10, engagements.mobile-productivity.durations 3, 5
            V4 ELG-NOT-ENROLLED: Partner P1 has no enrolment in S-EDPS that covers the business date.
              partner_location.partner_id P1, engagement.offering S-EDPS
            V4 ELG-COMPETENCY: Partner P1 did not hold silver Messaging on the business date, which exchange asks for.
              partner_location.partner_id P1, voucher.engagement exchange, requirements.exchange silver Messaging (from 2000-01-01)
            V4 ELG-CONSULTANT: Consultant K1 had passed no exam that counts for exchange by the business date.
              voucher.engagement_started_on 2020-02-04, voucher.consultant_id K1, partner_location.partner_id P1, requirements.exchange silver Messaging (from 2000-01-01)
            """
        );

    [Fact]
    public void Of_a_payment_request() =>
        Says(
            RuleSetName.Payment,
            Scene
                .New()
                .Voucher(
                    "V1",
                    reserved: "2020-01-20",
                    location: "P1-DE",
                    started: "2020-01-19",
                    report: "2020-03-03",
                    deliverable: "2020-03-01",
                    redeemed: "2020-03-02",
                    country: "DE",
                    consultant: null
                )
                .Request("R1", voucher: "V1", submitted: "2020-05-02", location: "P2-US", amount: 7m)
                .DeliveredVoucher("V2")
                .Request("R2", voucher: "V2", submitted: "2020-03-05")
                .Request("R3", voucher: "V2", submitted: "2020-03-04", amount: 8m)
                .Request("R4", voucher: "V2", submitted: "2020-03-01"),
            "2020-07-30",
            """
            R1 PAY-WINDOW: The request was submitted on 2020-05-02; the voucher was redeemed on 2020-03-02, and the last day to ask for payment was 2020-05-01.
              payment_request.submitted_on 2020-05-02, voucher.redeemed_on 2020-03-02, payment.window_days 60 (from 2000-01-01)
            R1 PAY-RESERVATION: Delivery started on 2020-01-19, before voucher V1 was reserved on 2020-01-20.
              voucher.engagement_started_on 2020-01-19, voucher.reserved_on 2020-01-20
            R1 PAY-DELIVERABLES: When voucher V1 was redeemed on 2020-03-02, the completion report was not in.
              voucher.redeemed_on 2020-03-02, voucher.completion_report_on 2020-03-03, voucher.deliverable_on 2020-03-01
            R1 PAY-COUNTRY: The request is made under location P2-US in US; the country of delivery is DE.
              payment_request.location_id P2-US, partner_location.country US, voucher.country DE
            R1 PAY-PARTNER: Partner P2 asks for payment; partner P1 reserved voucher V1.
              payment_request.location_id P2-US, partner_location.partner_id P2, reserving partner_location.partner_id P1
            R1 PAY-INELIGIBLE: Voucher V1 is Ineligible.
              payment_request.voucher_id V1, eligibility Ineligible
            R1 PAY-AMOUNT: The request asks for 7.00 USD; the rate for 5 days in DE is 7250.00 EUR.
              payment_request.amount 7.00, payment_request.currency USD, rates.DE.5 7250.00 EUR (from 2011-02-14), payment.tolerance 0.00 (from 2000-01-01)
            R2 PAY-DUPLICATE: Request R3 for voucher V2 was submitted before, on 2020-03-04.
              payment_request.voucher_id V2, payment_request.submitted_on 2020-03-05, earlier.request_id R3, earlier.submitted_on 2020-03-04
            R3 PAY-AMOUNT: The request asks for 8.00 USD; the rate for 5 days in US is 8000.00 USD.
              payment_request.amount 8.00, payment_request.currency USD, rates.US.5 8000.00 USD (from 2011-02-14), payment.tolerance 0.00 (from 2000-01-01)
            R4 PAY-NOT-REDEEMED: Voucher V2 was redeemed on 2020-03-02, after the request was submitted on 2020-03-01.
              payment_request.voucher_id V2, payment_request.submitted_on 2020-03-01, voucher.redeemed_on 2020-03-02, expiry.redeem_by 2020-07-08
            V1 PAY-LAPSED: The voucher was redeemed on 2020-03-02, and no payment was asked for by 2020-05-01.
              voucher.redeemed_on 2020-03-02, payment.window_days 60 (from 2000-01-01)
            """
        );

    [Fact]
    public void Of_a_payment_request_for_a_voucher_without_reservation() =>
        Says(
            RuleSetName.Payment,
            Scene
                .New()
                .Voucher("V3", started: "2020-02-05", report: "2020-03-03", redeemed: "2020-03-04", days: 4)
                .Request("R5", voucher: "V3", submitted: "2020-03-06")
                .Voucher("V4", created: "2020-02-01", cancelled: "2020-02-02", redeemed: "2020-02-03")
                .Request("R6", voucher: "V4", submitted: "2020-02-04")
                .Voucher("V5", redeemed: "2020-07-01", deliverable: "2020-06-01")
                .Request("R7", voucher: "V5", submitted: "2020-07-02")
                .Voucher("V6")
                .Request("R8", voucher: "V6", submitted: "2020-07-03")
                .Voucher("V7", created: "2020-07-31")
                .Request("R9", voucher: "V7", submitted: "2020-07-04")
                .Voucher("V8", redeemed: "2020-06-10", deliverable: "2020-06-01"),
            "2020-07-30",
            """
            R5 PAY-RESERVATION: Delivery started on 2020-02-05, and voucher V3 is not reserved.
              voucher.engagement_started_on 2020-02-05, voucher.reserved_on absent
            R5 PAY-DELIVERABLES: When voucher V3 was redeemed on 2020-03-04, the customer deliverable was not in.
              voucher.redeemed_on 2020-03-04, voucher.completion_report_on 2020-03-03, voucher.deliverable_on absent
            R5 PAY-PARTNER: Partner P1 asks for payment, and voucher V3 is not reserved by anyone.
              payment_request.location_id P1-US, partner_location.partner_id P1, reserving partner_location.partner_id absent
            R5 PAY-NO-RATE: There is no rate for 4 days in US on 2020-03-04, the day of redemption.
              voucher.country US, voucher.days 4, voucher.redeemed_on 2020-03-04
            R6 PAY-VOID: Voucher V4 is Cancelled.
              payment_request.voucher_id V4, retirement Cancelled
            R6 PAY-DELIVERABLES: When voucher V4 was redeemed on 2020-02-03, neither the completion report nor the customer deliverable was in.
              voucher.redeemed_on 2020-02-03, voucher.completion_report_on absent, voucher.deliverable_on absent
            R6 PAY-PARTNER: Partner P1 asks for payment, and voucher V4 is not reserved by anyone.
              payment_request.location_id P1-US, partner_location.partner_id P1, reserving partner_location.partner_id absent
            R7 PAY-NOT-REDEEMED: Voucher V5 was redeemed on 2020-07-01, after its last day 2020-06-30.
              payment_request.voucher_id V5, payment_request.submitted_on 2020-07-02, voucher.redeemed_on 2020-07-01, expiry.redeem_by 2020-06-30
            R7 PAY-PARTNER: Partner P1 asks for payment, and voucher V5 is not reserved by anyone.
              payment_request.location_id P1-US, partner_location.partner_id P1, reserving partner_location.partner_id absent
            R8 PAY-NOT-REDEEMED: Voucher V6 is not redeemed.
              payment_request.voucher_id V6, payment_request.submitted_on 2020-07-03, voucher.redeemed_on absent, expiry.redeem_by 2020-06-30
            R8 PAY-PARTNER: Partner P1 asks for payment, and voucher V6 is not reserved by anyone.
              payment_request.location_id P1-US, partner_location.partner_id P1, reserving partner_location.partner_id absent
            R9 PAY-NOT-REDEEMED: Voucher V7 does not exist yet.
              payment_request.voucher_id V7, payment_request.submitted_on 2020-07-04, voucher.redeemed_on absent, expiry.redeem_by absent
            R9 PAY-PARTNER: Partner P1 asks for payment, and voucher V7 is not reserved by anyone.
              payment_request.location_id P1-US, partner_location.partner_id P1, reserving partner_location.partner_id absent
            V8 PAY-CLOSING: The voucher was redeemed on 2020-06-10; payment must be asked for by 2020-08-09.
              voucher.redeemed_on 2020-06-10, payment.window_days 60 (from 2000-01-01), payment.closing_warning_days 14 (from 2000-01-01)
            """
        );

    [Fact]
    public void Of_reconciliation() =>
        Says(
            RuleSetName.Reconciliation,
            Scene
                .New()
                .DeliveredVoucher("V1")
                .DeliveredVoucher("V2")
                .DeliveredVoucher("V3")
                .DeliveredVoucher("V4")
                .DeliveredVoucher("V5")
                .Request("R1", voucher: "V1", submitted: "2020-03-10", location: "P1-DE")
                .Payment("X1", paid: "2020-03-20", amount: 1m, request: "R1")
                .Payment("X2", paid: "2020-03-20", amount: 2m, request: "R1")
                .Request("R2", voucher: "V2", submitted: "2020-03-11")
                .Payment("X3", paid: "2020-03-20", request: "R2")
                .Payment("X4", paid: "2020-03-20", request: "R2")
                .Payment("X5", paid: "2020-03-20", amount: 3m, request: "R2")
                .Request("R3", voucher: "V3", submitted: "2020-03-12")
                .Payment("X6", paid: "2020-03-20", amount: 9000m, request: "R3")
                .Request("R4", voucher: "V4", submitted: "2020-03-13")
                .Payment("X7", paid: "2020-03-20", amount: 4m, request: "R4")
                .Request("R5", voucher: "V5", submitted: "2020-03-14")
                .Payment("X8", paid: "2020-03-20", amount: 5m, currency: "CAD", request: "R5")
                .Request("R6", voucher: "V5", submitted: "2020-06-02")
                .Payment("X9", paid: "2020-03-20", amount: 6m, request: "R6", invoice: "I-9"),
            "2020-06-01",
            """
            R1 REC-NOT-APPROVED: 3.00 USD was paid for the request, which is Rejected.
              payment Rejected, payments X1, X2, payments.sum 3.00
            R2 REC-PAID-TWICE: The approved amount of 8000.00 USD was paid 2 times.
              payment.approved 8000.00, payments X3, X4, X5, payments.sum 16003.00
            R3 REC-OVERPAID: 9000.00 USD was paid; 8000.00 was approved.
              payment.approved 8000.00, payments X6, payments.sum 9000.00
            R4 REC-PARTLY-PAID: 4.00 USD was paid; 8000.00 was approved.
              payment.approved 8000.00, payments X7, payments.sum 4.00
            R5 REC-OVERDUE: 8000.00 USD was to be paid by 2020-04-13, 30 days after the request was submitted on 2020-03-14.
              payment_request.submitted_on 2020-03-14, payment.approved 8000.00, reconciliation.payment_days 30 (from 2000-01-01)
            X8 REC-CURRENCY: 5.00 CAD was paid; request R5 is in USD.
              payment.amount 5.00, payment.currency CAD, payment_request.currency USD
            X9 REC-UNMATCHED: The payment names request R6, which is not submitted yet.
              payment.request_id R6, payment.invoice_number I-9, payment_requests 0
            """
        );

    [Fact]
    public void Of_qualification() =>
        Says(
            Scene
                .Empty()
                .Competency("P1", "Data Platform", to: "2020-12-31")
                .Competency("P1", "Messaging", CompetencyLevel.Gold, from: "2019-02-01", to: "2020-04-15")
                .Competency("P1", "Messaging", from: "2018-02-01", to: "2019-01-31")
                .Competency("P1", "Cloud Platform", from: "2019-05-01")
                .Enrolled("P1", "S-EDPS", "2019-06-01", ends: "2020-05-31")
                .Enrolled("P1", "SSDPS", "2018-06-01", ends: "2019-05-31")
                .Enrolled("P1", "AZDPS", "2019-07-01")
                .Exam("K1", "Messaging", "2019-03-01")
                .Exam("K1", "Cloud Platform", "2019-03-02")
                .Qualifications("2020-03-01"),
            """
            P1/azure QLF-RETIRED: azure is a cloud engagement; these ended on 2020-02-01.
              retirement.cloud_retired_on 2020-02-01 (from 2000-01-01)
            P1/data-estate QLF-COMPETENCY: Partner P1 does not hold gold Data Analytics or gold Data Platform, which data-estate asks for.
              requirements.data-estate gold Data Analytics or gold Data Platform (from 2000-01-01), partner_competency Data Platform silver from 2019-01-01 to 2020-12-31
            P1/data-estate QLF-CONSULTANT: No consultant of partner P1 has passed an exam of Data Analytics or Data Platform, which data-estate asks for.
              requirements.data-estate gold Data Analytics or gold Data Platform (from 2000-01-01)
            P1/data-estate QLF-NOT-ENROLLED: Partner P1 is not enrolled in SSDPS, the offering of data-estate.
              engagement.offering SSDPS, enrollment SSDPS from 2018-06-01 to 2019-05-31
            P1/exchange QLF-ENDING: Partner P1 meets what exchange asks for until 2020-04-15 only.
              partner_competency Messaging silver from 2018-02-01 to 2019-01-31, partner_competency Messaging gold from 2019-02-01 to 2020-04-15, enrollment S-EDPS from 2019-06-01 to 2020-05-31, qualification.warning_days 60 (from 2000-01-01)
            P1/skype QLF-COMPETENCY: Partner P1 does not hold silver Communications, which skype asks for.
              requirements.skype silver Communications (from 2000-01-01)
            P1/skype QLF-CONSULTANT: No consultant of partner P1 has passed an exam of Communications, which skype asks for.
              requirements.skype silver Communications (from 2000-01-01)
            """
        );

    [Fact]
    public void Of_qualification_after_the_programme() =>
        Says(
            [.. Scene.New().Qualifications("2022-01-02").Where(d => d.SubjectId == "P1/windows-office")],
            """
            P1/windows-office QLF-RETIRED: The last day to redeem a voucher was 2022-01-01.
              retirement.last_redemption_on 2022-01-01 (from 2000-01-01)
            """
        );

    private static void Says(RuleSetName ruleSet, Scene scene, string asOf, string expected) =>
        Says([.. scene.AsOf(asOf).All.Where(d => d.RuleSet == ruleSet)], expected);

    private static void Says(IReadOnlyList<Decision> decisions, string expected) =>
        Assert.Equal(
            expected.Split('\n'),
            decisions
                .SelectMany(d => d.Findings)
                .SelectMany(f =>
                    new[]
                    {
                        $"{f.SubjectId} {f.Code}: {f.Sentence}",
                        $"  {string.Join(", ", f.Evidence.Select(Text))}",
                    }
                )
        );

    private static string Text(Evidence evidence) =>
        $"{evidence.Name} {evidence.Value}"
        + (evidence.InForceFrom is { } from ? FormattableString.Invariant($" (from {from:O})") : "");
}
