namespace BlazorAgents.Web.Features.Chat;

/// <summary>What became of a message.</summary>
public enum SendResult
{
    /// <summary>Saved; the answer is on its way.</summary>
    Accepted,

    /// <summary>Not saved; the notice says why and the text is to be kept.</summary>
    Refused,

    /// <summary>The same click or key once more: the first one is being saved, or being answered.</summary>
    Repeated,
}
