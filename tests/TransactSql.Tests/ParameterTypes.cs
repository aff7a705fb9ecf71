namespace PlanningServices.TransactSql.Tests;

/// <summary>The types of the parameters of queries, by name. A name means the same in every query.</summary>
internal static class ParameterTypes
{
    public const string Identifier = "varchar(40)";
    public const string Text = "nvarchar(4000)";
    public const string LongText = "nvarchar(max)";
    public const string Long = "bigint";
    public const string Int = "int";
    public const string Short = "smallint";
    public const string Flag = "bit";
    public const string Date = "date";
    public const string Instant = "datetime2(3)";

    public static IReadOnlyDictionary<string, string> ByName { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // Subjects, and the ranges of keys in which they are read.
            ["@id"] = Identifier,
            ["@key"] = Identifier,
            ["@customerId"] = Identifier,
            ["@partnerId"] = Identifier,
            ["@agreementId"] = Identifier,
            ["@voucherId"] = Identifier,
            ["@requestId"] = Identifier,
            ["@paymentId"] = Identifier,
            ["@subjectId"] = Identifier,
            ["@after"] = Identifier,
            ["@upTo"] = Identifier,
            ["@from"] = Identifier,
            ["@to"] = Identifier,
            ["@afterKey"] = Identifier,
            ["@upToKey"] = Identifier,
            ["@lastKey"] = Identifier,
            ["@previousKey"] = Identifier,
            ["@invoiceNumber"] = Text,
            ["@pattern"] = Text,
            ["@asTyped"] = Text,
            // Runs, their attempts and partitions.
            ["@runId"] = Long,
            ["@afterRun"] = Long,
            ["@known"] = Long,
            ["@undoRunId"] = Long,
            ["@previousRunId"] = Long,
            ["@isOrdinary"] = Short,
            ["@fullBecause"] = Text,
            ["@rulesHash"] = Text,
            ["@mark"] = Text,
            ["@by"] = Text,
            ["@job"] = Text,
            ["@date"] = Date,
            ["@businessDate"] = Date,
            ["@status"] = Text,
            ["@attempt"] = Long,
            ["@owner"] = Text,
            ["@ended"] = Text,
            ["@error"] = LongText,
            ["@now"] = Instant,
            ["@partitionNo"] = Long,
            ["@phase"] = Text,
            ["@counters"] = LongText,
            ["@totals"] = LongText,
            ["@fence"] = Long,
            ["@leaseSeconds"] = Int,
            ["@shares"] = Int,
            ["@count"] = Int,
            ["@limit"] = Int,
            // Decisions and days.
            ["@ruleSet"] = Text,
            ["@subjectType"] = Short,
            ["@outcome"] = Text,
            ["@codes"] = LongText,
            ["@details"] = LongText,
            ["@findings"] = LongText,
            ["@changeKind"] = Short,
            ["@days"] = Int,
            ["@reason"] = LongText,
            // Imports.
            ["@importId"] = Long,
            ["@knowledgePoint"] = Long,
            ["@folder"] = LongText,
            ["@identity"] = Text,
            ["@strict"] = Flag,
            ["@file"] = Text,
            ["@read"] = Long,
            ["@inserted"] = Long,
            ["@updated"] = Long,
            ["@unchanged"] = Long,
            ["@superseded"] = Long,
            ["@rejected"] = Long,
            ["@rejectNo"] = Long,
            ["@line"] = Long,
            ["@columnName"] = LongText,
            ["@value"] = LongText,
            // Work on exceptions.
            ["@actionNo"] = Long,
            ["@lastAction"] = Long,
            ["@sinceRun"] = Long,
            ["@comment"] = Text,
            ["@account"] = Text,
            // Sign-offs.
            ["@signOffNo"] = Long,
            ["@contentHash"] = Text,
            ["@part"] = Text,
            ["@lines"] = Long,
            ["@content"] = LongText,
            ["@step"] = Text,
            // Allocations made here.
            ["@cents"] = Long,
            ["@needsConfirmation"] = Flag,
            ["@ofEntry"] = Long,
            // Policy packs and the log of what was done with them.
            ["@packId"] = Long,
            ["@hash"] = Text,
            ["@packHash"] = Text,
            ["@fromHash"] = Text,
            ["@toHash"] = Text,
            ["@name"] = Text,
            ["@path"] = Text,
            ["@text"] = LongText,
            ["@entryNo"] = Long,
            ["@action"] = Text,
            ["@textHash"] = Text,
            ["@fromDate"] = Date,
            ["@activation"] = Long,
            ["@needsApproval"] = Flag,
            ["@byName"] = Text,
            ["@byAccount"] = Text,
            ["@at"] = Instant,
            ["@previousHash"] = Text,
            ["@entryHash"] = Text,
            ["@script"] = Text,
            ["@sha256"] = Text,
            ["@appliedAt"] = Instant,
            // Users of the console, what they did, and keys of the API.
            ["@userName"] = Identifier,
            ["@roles"] = Text,
            ["@passwordHash"] = Text,
            ["@stamp"] = Text,
            ["@failures"] = Int,
            ["@lockedUntil"] = Instant,
            ["@secretHash"] = Text,
            ["@expiresAt"] = Instant,
            ["@subject"] = Text,
            ["@result"] = LongText,
            ["@address"] = Text,
            ["@beforeEntry"] = Long,
            // Locks.
            ["@lock"] = Text,
            ["@lockOwner"] = Text,
            ["@patience"] = Int,
        };
}
