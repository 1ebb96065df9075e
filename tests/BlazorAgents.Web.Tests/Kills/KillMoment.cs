namespace BlazorAgents.Web.Tests.Kills;

/// <summary>Where in a step the process dies.</summary>
internal enum KillMoment
{
    /// <summary>The statement was carried out, its transaction is open.</summary>
    InTransaction,

    /// <summary>The transaction of the statement is about to be committed.</summary>
    BeforeCommit,

    /// <summary>The transaction of the statement was committed.</summary>
    AfterCommit,

    /// <summary>The tool is about to run.</summary>
    BeforeTool,

    /// <summary>The tool has returned.</summary>
    AfterTool,
}
