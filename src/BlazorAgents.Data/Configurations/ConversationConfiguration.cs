using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlazorAgents.Data.Configurations;

internal sealed class ConversationConfiguration : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        builder.Property(c => c.Title).HasMaxLength(120);
        builder.Property(c => c.AgentId).HasMaxLength(64);
        builder.Property(c => c.ModelId).HasMaxLength(200);
        builder.Property(c => c.ProviderId).HasMaxLength(36);
        builder.Property(c => c.ClientType).HasMaxLength(20);
        builder.Property(c => c.Memory).HasConversion<string>().HasMaxLength(20).HasDefaultValue(ConversationMemory.Database);
        builder.Property(c => c.HostedTools).HasMaxLength(200).HasDefaultValue("");
        builder.Property(c => c.ToolChoice).HasDefaultValue("");
        builder.Property(c => c.TitleSource).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(c => new { c.UserId, c.DeletedAt, c.UpdatedAt });
        builder.HasOne<AppUser>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
