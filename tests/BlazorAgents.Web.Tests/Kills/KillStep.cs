namespace BlazorAgents.Web.Tests.Kills;

/// <summary>A place in an order's way through the engine at which its process is killed.</summary>
/// <param name="Name">The step as people read it.</param>
/// <param name="Moment">Where in it.</param>
/// <param name="Sql">What the statement's text contains; empty for the tool's own edges.</param>
/// <param name="Value">A value that the statement carries; null for any.</param>
/// <param name="Occurrence">The first such statement, or a later one.</param>
internal sealed record KillStep(string Name, KillMoment Moment, string Sql = "", string? Value = null, int Occurrence = 1)
{
    private const string Claim = "\"StartedAt\" = ";

    public static IReadOnlyList<KillStep> All { get; } =
    [
        .. Around("message stored", "INSERT INTO \"Turns\""),
        .. Around("run claimed", Claim),
        .. Around("call stored", "INSERT INTO \"Items\"", "FunctionCall"),
        .. Around("request stored", "INSERT INTO \"Approvals\""),
        .. Around("waiting call stored", "INSERT INTO \"Items\"", "FunctionCall", 2),
        .. Around("run waits", "UPDATE \"Runs\" SET \"Status\"", "AwaitingApproval"),
        new("decision written", KillMoment.InTransaction, "\"DecidedById\" = "),
        .. Around("decision stored", "\"DecidedById\" = "),
        .. Around("resumed run claimed", Claim, occurrence: 2),
        new("approval consumed", KillMoment.InTransaction, "UPDATE \"Approvals\"", "Consumed"),
        .. Around("call journalled", "INSERT INTO \"ToolExecutions\""),
        new("tool begins", KillMoment.BeforeTool),
        new("stock taken", KillMoment.InTransaction, "UPDATE \"Products\""),
        new("order written", KillMoment.InTransaction, "INSERT INTO \"Orders\""),
        .. Around("order stored", "INSERT INTO \"Orders\""),
        new("tool returned", KillMoment.AfterTool),
        .. Around("journal closed", "UPDATE \"ToolExecutions\" SET"),
        .. Around("result stored", "INSERT INTO \"Items\"", "FunctionResult"),
        .. Around("run ended", "UPDATE \"Runs\" SET \"Status\"", "Completed"),
    ];

    /// <summary>The step as the command line and the report have it.</summary>
    public override string ToString() => $"{Name}, {Moment}";

    public bool Fits(string sql, IEnumerable<string> values) =>
        Sql.Length > 0 && sql.Contains(Sql, StringComparison.Ordinal) && (Value is null || values.Contains(Value) || sql.Contains($"'{Value}'", StringComparison.Ordinal));

    private static IEnumerable<KillStep> Around(string name, string sql, string? value = null, int occurrence = 1) =>
    [
        new(name, KillMoment.BeforeCommit, sql, value, occurrence),
        new(name, KillMoment.AfterCommit, sql, value, occurrence),
    ];
}
