namespace BlazorAgents.Runs;

/// <summary>Why a request was refused.</summary>
public enum RunRequestError
{
    /// <summary>It does not exist, or it is not the acting user's: nobody can tell which.</summary>
    NotFound,

    /// <summary>An answer is being written in this conversation.</summary>
    Busy,

    /// <summary>The input is not acceptable; the message names the field.</summary>
    Invalid,
}
