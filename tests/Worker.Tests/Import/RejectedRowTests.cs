namespace PlanningServices.Worker.Tests.Import;

/// <summary>Rows that are not imported while the others are.</summary>
public abstract class RejectedRowTests(Provider provider)
{
    private const string Id = "is not an identifier of 1 to 40 characters from A-Z a-z 0-9 . _ -";
    private const string Date = "\"is not a date of the calendar, written yyyy-MM-dd\"";
    private const string Days = "is not a whole number of days greater than 0";

    private const string Amount =
        "\"is not an amount greater than 0, with a point before at most two decimals and no grouping\"";

    // The row and its file; what the rejects file says after file and line.
    [Theory]
    // Identifiers
    [InlineData("agreements.csv", ",C1,", "agreement_id,,\"is empty, but a value is needed\"")]
    [InlineData("agreements.csv", "A 2,C1,", "agreement_id,A 2," + Id)]
    [InlineData("agreements.csv", "A2,Ä,", "customer_id,Ä," + Id)]
    [InlineData(
        "agreements.csv",
        "A2,x1234567890123456789012345678901234567890,",
        "customer_id,x1234567890123456789012345678901234567890," + Id
    )]
    // Dates
    [InlineData("agreements.csv", "A2,C1,2021-02-30", "ends_on,2021-02-30," + Date)]
    [InlineData("agreements.csv", "A2,C1,2021-2-3", "ends_on,2021-2-3," + Date)]
    [InlineData("agreements.csv", "A2,C1,03/02/2021", "ends_on,03/02/2021," + Date)]
    [InlineData("agreements.csv", "A2,C1, 2021-02-03", "ends_on, 2021-02-03," + Date)]
    [InlineData("agreements.csv", "A2,C1,2021-00-03", "ends_on,2021-00-03," + Date)]
    [InlineData("agreements.csv", "A2,C1,0000-01-03", "ends_on,0000-01-03," + Date)]
    // Days
    [InlineData("entitlement_grants.csv", "G2,A1,2019-01-01,0,accrual", "days,0," + Days)]
    [InlineData("entitlement_grants.csv", "G2,A1,2019-01-01,-3,accrual", "days,-3," + Days)]
    [InlineData("entitlement_grants.csv", "G2,A1,2019-01-01,1.5,accrual", "days,1.5," + Days)]
    [InlineData("entitlement_grants.csv", "G2,A1,2019-01-01,2147483648,accrual", "days,2147483648," + Days)]
    // Words
    [InlineData(
        "entitlement_grants.csv",
        "G2,A1,2019-01-01,1,gift",
        "source,gift,is not 'accrual' or 'training_conversion'"
    )]
    [InlineData(
        "partner_competencies.csv",
        "P1,Messaging,Gold,2018-01-01,",
        "level,Gold,is not 'silver' or 'gold'"
    )]
    [InlineData(
        "partner_locations.csv",
        "L2,P1,de",
        "country,de,is not a country code of two capital letters (ISO 3166 alpha-2)"
    )]
    [InlineData(
        "vouchers.csv",
        "V2,A1,golf,3,,,DE,2020-01-01,,,,,,,,,,",
        "engagement,golf,is not the code of an engagement in the policy pack"
    )]
    // Amounts
    [InlineData("payments.csv", "Y2,,I-1,2020-02-01,\"4,350.00\",EUR", "amount,\"4,350.00\"," + Amount)]
    [InlineData("payments.csv", "Y2,,I-1,2020-02-01,0.00,EUR", "amount,0.00," + Amount)]
    [InlineData("payments.csv", "Y2,,I-1,2020-02-01,-1,EUR", "amount,-1," + Amount)]
    [InlineData("payments.csv", "Y2,,I-1,2020-02-01,1.005,EUR", "amount,1.005," + Amount)]
    [InlineData("payments.csv", "Y2,,I-1,2020-02-01,1.,EUR", "amount,1.," + Amount)]
    [InlineData("payments.csv", "Y2,,I-1,2020-02-01,1e3,EUR", "amount,1e3," + Amount)]
    [InlineData(
        "payments.csv",
        "Y2,,I-1,2020-02-01,1.00,Eur",
        "currency,Eur,is not a currency code of three capital letters (ISO 4217)"
    )]
    // References
    [InlineData(
        "entitlement_grants.csv",
        "G2,A9,2019-01-01,1,accrual",
        "agreement_id,A9,\"matches no agreement, in these files or in the database\""
    )]
    [InlineData(
        "payments.csv",
        "Y2,R9,I-1,2020-02-01,1.00,EUR",
        "request_id,R9,\"matches no payment request, in these files or in the database\""
    )]
    [InlineData(
        "vouchers.csv",
        "V2,A1,ppm,3,,,DE,2020-01-01,,2020-01-03,L1,K9,,,,,,",
        "consultant_id,K9,\"matches no consultant, in these files or in the database\""
    )]
    [InlineData(
        "payment_allocations.csv",
        "Y9,R1,1.00,2020-02-03",
        "payment_id,Y9,\"matches no payment, in these files or in the database\""
    )]
    [InlineData(
        "payment_allocations.csv",
        "Y1,R9,1.00,2020-02-03",
        "request_id,R9,\"matches no payment request, in these files or in the database\""
    )]
    [InlineData("payment_allocations.csv", "Y1,R1,0.00,2020-02-03", "amount,0.00," + Amount)]
    [InlineData("payment_allocations.csv", "Y1,R1,1.001,2020-02-03", "amount,1.001," + Amount)]
    [InlineData("payment_allocations.csv", "Y1,R1,1.00,2020-02-30", "allocated_on,2020-02-30," + Date)]
    // An update may refer to nothing, too.
    [InlineData(
        "vouchers.csv",
        "V1,A1,ppm,3,,,DE,2020-01-01,,2020-01-03,L9,,,,,,,",
        "reserved_location_id,L9,\"matches no partner location, in these files or in the database\""
    )]
    // Together
    [InlineData(
        "vouchers.csv",
        "V2,A1,ppm,3,,,DE,2020-01-01,,2020-01-03,,,,,,,,",
        "reserved_location_id,,\"is empty, but is needed where reserved_on is given ('2020-01-03')\""
    )]
    // The row as a whole
    [InlineData("partners.csv", "P2", ",P2,\"the row has 1 fields, the header has 2\"")]
    [InlineData("partners.csv", "P2,a,b", ",\"P2,a,b\",\"the row has 3 fields, the header has 2\"")]
    [InlineData(
        "partners.csv",
        "P2,a\"b",
        ",\"P2,a\"\"b\",the row has a quote inside a field that does not begin with one"
    )]
    [InlineData("partners.csv", "P2,\"a\"b", ",\"P2,\"\"a\"\"b\",the row has text after a closing quote")]
    [InlineData("partners.csv", "P2,\"a", ",\"P2,\"\"a\n\",the row opens a quote that is never closed")]
    public void A_bad_row_is_rejected_with_its_line_column_value_and_reason(
        string file,
        string row,
        string expected
    )
    {
        using var folder = ImportFolder.WithOneOfEach(provider);
        folder.Import();
        var facts = folder.Facts();
        var good = File.ReadAllLines(Path.Combine(folder.Folder, file));
        folder.Add(file, [.. good, row]);

        var summary = folder.Import();

        Assert.Equal(1, summary.Rejected);
        Assert.Equal(folder.RejectsPath, summary.RejectsFile);
        Assert.Equal($"{file},3,{expected}", string.Join('\n', folder.Rejects()));
        Assert.Equal(facts, folder.Facts());
    }

    [Fact]
    public void The_good_rows_around_a_bad_one_are_imported_and_the_reject_can_be_exported()
    {
        using var folder = new ImportFolder(provider);
        folder.Add("partners.csv", "partner_id,name", "P1,\"two\nlines\"", "P 2,x", "", "P3,y");

        var file = folder.Import().Files[0];

        Assert.Equal((3, 2, 1), (file.Read, file.Inserted, file.Rejected));
        Assert.Equal(["partner|P1|two\nlines|1", "partner|P3|y|1"], folder.Facts());
        using var connection = folder.Temp.Open();
        Assert.Equal(
            [new("partners.csv", 4, "partner_id", "P 2", Id)],
            new Worker.Data.Exports(connection).Rejects()
        );

        folder.Add("partners.csv", "partner_id,name", "P1,\"two\nlines\"", "P2,x", "", "P3,y");
        folder.Import();

        Assert.Empty(folder.Rejects());
        Assert.Empty(new Worker.Data.Exports(connection).Rejects());
    }

    [Fact]
    public void A_field_of_ten_megabytes_is_rejected_and_shortened()
    {
        using var folder = new ImportFolder(provider);
        folder.Add("partners.csv", "partner_id,name", $"P1,{new string('x', 10_000_000)}", "P2,y");

        folder.Import();

        Assert.Equal(["partner|P2|y|1"], folder.Facts());
        Assert.Equal(
            [
                $"partners.csv,2,name,{new string('x', 80)}... (10000000 characters),has 10000000 characters; at most 200 are kept",
            ],
            folder.Rejects()
        );
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(201, 1)]
    public void A_text_has_up_to_200_characters(int length, int rejected)
    {
        using var folder = new ImportFolder(provider);
        folder.Add("partners.csv", "partner_id,name", $"P1,{new string('ß', length)}");
        Assert.Equal(rejected, folder.Import().Rejected);
    }

    [Fact]
    public void A_strict_import_with_a_reject_imports_nothing_but_tells_all_rejects()
    {
        using var folder = ImportFolder.WithOneOfEach(provider);
        folder.Add(
            "payments.csv",
            "payment_id,request_id,invoice_number,paid_on,amount,currency",
            "Y1,R9,I,2020-01-01,1,EUR",
            "Y2,,I,x,1,EUR"
        );

        var summary = folder.Import(strict: true);

        Assert.True(summary.IsRefused);
        Assert.Empty(folder.Facts());
        Assert.Equal(
            [
                "payments.csv,2,request_id,R9,\"matches no payment request, in these files or in the database\"",
                "payments.csv,3,paid_on,x," + Date,
                "payment_allocations.csv,2,payment_id,Y1,\"matches no payment, in these files or in the database\"",
            ],
            folder.Rejects()
        );
        Assert.Equal("Refused", folder.Temp.Scalar<string>("SELECT status FROM import_run"));
        Assert.Equal(3, folder.Temp.Scalar<long>("SELECT count(*) FROM import_reject"));
    }

    [Fact]
    public void A_strict_import_without_rejects_imports_all()
    {
        using var folder = ImportFolder.WithOneOfEach(provider);
        Assert.False(folder.Import(strict: true).IsRefused);
        Assert.Equal(12, folder.Facts().Count);
    }
}

public sealed class RejectedRowOnSqliteTests() : RejectedRowTests(Provider.Sqlite);

public sealed class RejectedRowOnPostgresTests() : RejectedRowTests(Provider.Postgres);

public sealed class RejectedRowOnSqlServerTests() : RejectedRowTests(Provider.SqlServer);
