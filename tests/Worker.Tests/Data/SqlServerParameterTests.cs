using System.Data;
using Microsoft.Data.SqlClient;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.SqlServer;
using PlanningServices.Worker.Data.Staging;
using PlanningServices.Worker.Import;

namespace PlanningServices.Worker.Tests.Data;

/// <summary>What SQL Server is sent, as far as it is known before it is sent.</summary>
public sealed class SqlServerParameterTests
{
    [Theory]
    // Compared with a varchar key, whose index an nvarchar would cost.
    [InlineData("V-00001", SqlDbType.VarChar, 4000)]
    [InlineData("", SqlDbType.VarChar, 4000)]
    [InlineData("Müller", SqlDbType.NVarChar, 4000)]
    [InlineData(null, SqlDbType.NVarChar, 0)]
    public void A_text_is_sent_as_varchar_where_it_can_be(string? text, SqlDbType type, int size)
    {
        using var bound = Bound(text);
        var parameter = Assert.IsType<SqlParameter>(Assert.Single(bound.Parameters));
        Assert.Equal((type, size), (parameter.SqlDbType, parameter.Size));
        Assert.Equal((object?)text ?? DBNull.Value, parameter.Value);
    }

    [Fact]
    public void A_long_text_is_not_cut()
    {
        using var bound = Bound(new string('x', 4001));
        Assert.Equal(-1, Assert.IsType<SqlParameter>(Assert.Single(bound.Parameters)).Size);
    }

    [Fact]
    public void Every_text_of_a_stage_compares_ordinally() =>
        Assert.All(
            ImportFile.All,
            file =>
            {
                using var stage = new SqlServerStage(null!);
                var columns = new StagedFactTableSql(file.Stored, stage).CreateStage.Split(", ");
                Assert.All(
                    columns.Where(c => c.Contains("char", StringComparison.Ordinal)),
                    c => Assert.Contains(" COLLATE Latin1_General_BIN2 ", c, StringComparison.Ordinal)
                );
            }
        );

    private static SqlCommand Bound(string? text)
    {
        var command = new SqlCommand();
        DapperTypes.SetText(command.Parameters.Add(new() { ParameterName = "text" }), text);
        return command;
    }
}
