namespace BlazorAgents.Data;

/// <summary>Who chose a conversation's title; a later one is never replaced by an earlier one.</summary>
public enum TitleSource
{
    /// <summary>The first words of the first message.</summary>
    FirstWords,

    /// <summary>Made by the model.</summary>
    Model,

    /// <summary>Typed by the user.</summary>
    User,
}
